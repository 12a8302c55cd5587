package io.github.bitnetmaven.backend;

import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which look-up table kernels BitNet.cpp generates for a model: the arguments that {@code setup_env.py} gives to
 * {@code utils/codegen_tl1.py} and {@code utils/codegen_tl2.py}.
 *
 * @param model what the generator calls the shape
 * @param tl1 {@code --BM}, {@code --BK} and {@code --bm} for arm64
 * @param tl2 the same for x86-64
 */
record KernelShapes(String model, List<String> tl1, List<String> tl2) {
    private static final KernelShapes LARGE = new KernelShapes(
            "bitnet_b1_58-large",
            List.of("256,128,256", "128,64,128", "32,64,32"),
            List.of("256,128,256", "96,192,96", "32,32,32"));
    private static final KernelShapes SHAPE_3B = new KernelShapes(
            "bitnet_b1_58-3B",
            List.of("160,320,320", "64,128,64", "32,64,32"),
            List.of("160,320,320", "96,96,96", "32,32,32"));
    private static final KernelShapes LLAMA3_8B = new KernelShapes(
            "Llama3-8B-1.58-100B-tokens",
            List.of("256,128,256,128", "128,64,128,64", "32,64,32,64"),
            List.of("256,128,256,128", "96,96,96,96", "32,32,32,32"));

    private static final Map<String, KernelShapes> BY_MODEL = Map.ofEntries(
            Map.entry("bitnet_b1_58-large", LARGE),
            Map.entry("bitnet_b1_58-3B", SHAPE_3B),
            Map.entry("BitNet-b1.58-2B-4T", SHAPE_3B),
            Map.entry("Llama3-8B-1.58-100B-tokens", LLAMA3_8B),
            Map.entry("Falcon3-1B-Instruct-1.58bit", LLAMA3_8B),
            Map.entry("Falcon3-3B-1.58bit", LLAMA3_8B),
            Map.entry("Falcon3-3B-Instruct-1.58bit", LLAMA3_8B),
            Map.entry("Falcon3-7B-1.58bit", LLAMA3_8B),
            Map.entry("Falcon3-7B-Instruct-1.58bit", LLAMA3_8B),
            Map.entry("Falcon3-10B-1.58bit", LLAMA3_8B),
            Map.entry("Falcon3-10B-Instruct-1.58bit", LLAMA3_8B),
            Map.entry("Falcon-E-1B-Instruct", LLAMA3_8B),
            Map.entry("Falcon-E-1B-Base", LLAMA3_8B),
            Map.entry("Falcon-E-3B-Instruct", LLAMA3_8B),
            Map.entry("Falcon-E-3B-Base", LLAMA3_8B));

    /** The shapes for a model of the catalogue. */
    static KernelShapes of(@Nullable String model, Kernels kernels) throws BackendException {
        String wanted = BackendPlan.text(kernels);
        if (model == null) {
            throw new BackendException("<backend><kernels> (-Dbitnet.backend.kernels) is " + wanted + ", but these"
                    + " kernels are generated for the shape of one model, and <model><name> (-Dbitnet.model) names"
                    + " none. Name one of the catalogue, or use i2_s.");
        }
        KernelShapes shapes = BY_MODEL.get(model);
        if (shapes == null) {
            throw new BackendException("<backend><kernels> (-Dbitnet.backend.kernels) is " + wanted + ", but BitNet.cpp"
                    + " has no such kernels for the model " + model + ". Use i2_s, or one of these models: "
                    + String.join(", ", new TreeMap<>(BY_MODEL).keySet()) + ".");
        }
        return shapes;
    }

    /** The command line of the generator, run in the root of the source. */
    List<String> command(Kernels kernels) {
        List<String> sizes = kernels == Kernels.TL1 ? tl1 : tl2;
        return List.of(
                "python3",
                "utils/codegen_" + BackendPlan.text(kernels) + ".py",
                "--model",
                model,
                "--BM",
                sizes.get(0),
                "--BK",
                sizes.get(1),
                "--bm",
                sizes.get(2));
    }
}
