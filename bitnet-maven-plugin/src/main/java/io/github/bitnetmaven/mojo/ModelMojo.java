package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.configuration.ModelParameters;
import io.github.bitnetmaven.configuration.ModelSettings;
import io.github.bitnetmaven.model.ModelFile;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Downloads a model into the store on this machine ({@code ~/.cache/bitnet}), verifies it, and says where it is. A
 * download that was cut off goes on; what is there needs no network. Needs no project.
 */
@Mojo(name = "model", requiresProject = false, threadSafe = true)
public final class ModelMojo extends AbstractBitnetMojo {
    /**
     * The model: the {@code <name>} of an entry of the catalogue ({@code bitnet.model}), or a {@code <file>} ({@code
     * bitnet.model.file}), or a {@code <url>} ({@code bitnet.model.url}) with its {@code <sha256>} ({@code
     * bitnet.model.sha256}). A property beats its element.
     */
    @Parameter
    private @Nullable ModelParameters model;

    /** PEM file of certificates that are trusted beside Java's own. The property beats the element. */
    @Parameter(property = "bitnet.caCertificates")
    private @Nullable String caCertificates;

    @Override
    void run() throws BitnetException {
        Configuration configuration = configuration();
        ModelSettings settings = configuration.model(model);
        Path certificates = configuration.caCertificates(caCertificates);
        configuration.throwIfAny();
        Wiring wiring = new Wiring(this);
        ModelFile file = wiring.modelResolver(certificates).resolve(settings.origin(), wiring.progress());
        getLog().info("Model: " + file.fileName() + ", " + ByteSize.print(file.bytes()) + ", sha256 " + file.sha256());
        getLog().info("File: " + file.file());
    }
}
