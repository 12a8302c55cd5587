package io.github.bitnetmaven.backend;

import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Source trees with the outlines of the real ones. */
public final class Trees {
    private Trees() {}

    /** BitNet.cpp. */
    public static Path bitnet(Path root) {
        write(root, "CMakeLists.txt", "project(bitnet.cpp)\n");
        write(root, "include/ggml-bitnet.h", "#pragma once\n");
        write(root, "utils/codegen_tl1.py", "print('tl1')\n");
        write(root, "utils/codegen_tl2.py", "print('tl2')\n");
        write(root, "3rdparty/llama.cpp/CMakeLists.txt", "project(llama.cpp)\n");
        write(root, "3rdparty/llama.cpp/ggml/src/ggml.c", "int ggml;\n");
        return root;
    }

    /** llama.cpp alone. */
    public static Path llamaCpp(Path root) {
        write(root, "CMakeLists.txt", "project(llama.cpp)\n");
        write(root, "ggml/src/ggml.c", "int ggml;\n");
        return root;
    }

    public static void write(Path root, String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SourceTree tree(Path root) throws BackendException {
        return SourceTree.of(root, "the tree", "");
    }

    public static BackendSettings settings(
            Path root, Kernels kernels, Linkage linkage, String executable, String... cmakeArguments) {
        return new BackendSettings(
                new DirectoryOrigin(root),
                CompileIn.CONTAINER,
                "debian:bookworm-slim",
                kernels,
                linkage,
                List.of(executable),
                List.of(cmakeArguments));
    }

    /** A plan with everything at its default. */
    public static BackendPlan plan(Path root) throws BackendException {
        return BackendPlan.of(
                settings(root, Kernels.I2_S, Linkage.STATIC, "llama-server"),
                tree(root),
                Architecture.X86_64,
                null,
                true);
    }
}
