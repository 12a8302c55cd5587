package io.github.bitnetmaven.model;

import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a backend's kernels can run a model. TL1 and TL2 each need their own, generated kernels; the I2_S kernel is
 * in every build of BitNet, so that all other files run with any.
 */
public final class KernelCheck {
    /** LLAMA_FTYPE_MOSTLY_TL1 of BitNet's llama.h; mainline uses the number for MXFP4 of other architectures. */
    private static final long TL1 = 38;

    /** LLAMA_FTYPE_MOSTLY_TL2. */
    private static final long TL2 = 39;

    private KernelCheck() {}

    /** The kernels that the file's quantization needs; empty when any will do. */
    public static Optional<Kernels> required(GgufHeader header) {
        boolean bitnet = header.architecture().startsWith("bitnet") || "llama".equals(header.architecture());
        if (bitnet && header.fileType() == TL1) {
            return Optional.of(Kernels.TL1);
        }
        return bitnet && header.fileType() == TL2 ? Optional.of(Kernels.TL2) : Optional.empty();
    }

    /** @throws ModelException when the kernels cannot run the model: it would answer with garbage */
    public static void check(ModelFile model, Kernels kernels) throws ModelException {
        Kernels required = required(model.header()).orElse(kernels);
        if (required != kernels) {
            String needed = required.name().toLowerCase(Locale.ROOT);
            throw new ModelException("The model " + model.file() + " is quantized as " + needed + ", which the kernels "
                    + kernels.name().toLowerCase(Locale.ROOT) + " cannot run. Set <backend><kernels> to " + needed
                    + " (-Dbitnet.backend.kernels=" + needed + "; for "
                    + (required == Kernels.TL1 ? "arm64" : "x86-64")
                    + " only), or use the i2_s file of the same model.");
        }
    }
}
