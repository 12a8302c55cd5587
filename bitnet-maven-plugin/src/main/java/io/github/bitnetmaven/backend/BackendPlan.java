package io.github.bitnetmaven.backend;

import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a source tree becomes runtime artifacts: the same commands in a container and on the host, with other paths.
 *
 * @param emptyKernelHeader whether the tree lacks {@link #KERNEL_HEADER} and an empty one will do
 * @param kernelGeneration the command that generates that header, run in the root of the source; empty for none
 * @param withLibc whether the C library and its loader are collected too: the image's base has none
 * @param packages Debian packages that a builder image needs
 */
public record BackendPlan(
        SourceTree tree,
        Architecture architecture,
        BackendSettings settings,
        boolean emptyKernelHeader,
        List<String> kernelGeneration,
        boolean withLibc,
        List<String> packages) {

    /** What BitNet.cpp at the pin includes and does not hold. */
    public static final String KERNEL_HEADER = "include/bitnet-lut-kernels.h";

    private static final String SERVER = "llama-server";
    private static final String PROJECT_INCLUDE = "-DCMAKE_PROJECT_INCLUDE";
    private static final String WITHOUT_INTERFACE = "-DBITNET_INTERFACE=OFF";

    public BackendPlan {
        kernelGeneration = List.copyOf(kernelGeneration);
        packages = List.copyOf(packages);
    }

    /**
     * @param model the name of the catalogue's model; null when the model is not one of the catalogue
     * @param emptyBase whether the image starts from {@code scratch}
     */
    public static BackendPlan of(
            BackendSettings settings,
            SourceTree tree,
            Architecture architecture,
            @Nullable String model,
            boolean emptyBase)
            throws BackendException {
        boolean generated = settings.kernels() != Kernels.I2_S;
        List<String> generation = generated ? generation(settings.kernels(), tree, architecture, model) : List.of();
        List<String> packages = new ArrayList<>(List.of("cmake", "g++", "ninja-build"));
        if (generated) {
            packages.add("python3");
        }
        BackendPlan plan = new BackendPlan(
                tree,
                architecture,
                settings,
                tree.kind() == SourceTree.Kind.BITNET && !generated && !tree.holds(KERNEL_HEADER),
                generation,
                emptyBase && settings.linkage() == Linkage.SHARED,
                packages);
        if (plan.addsInterface() && settings.cmakeArguments().stream().anyMatch(BackendPlan::isProjectInclude)) {
            throw new BackendException("<backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments) sets"
                    + " CMAKE_PROJECT_INCLUDE, by which this plugin adds /generate, /docs and /openapi.json to "
                    + SERVER + ". Set CMAKE_PROJECT_INCLUDE_BEFORE instead, or add " + WITHOUT_INTERFACE
                    + " to do without these paths.");
        }
        return plan;
    }

    private static boolean isProjectInclude(String argument) {
        return argument.startsWith(PROJECT_INCLUDE + "=") || argument.startsWith(PROJECT_INCLUDE + ":");
    }

    /**
     * Whether {@link BundledFile#OF_INTERFACE} is compiled into llama-server: it is in every tree whose server is made
     * with httplib, as llama.cpp's is, unless the user does not want it.
     */
    public boolean addsInterface() {
        return settings.executables().contains(SERVER)
                && !settings.cmakeArguments().contains(WITHOUT_INTERFACE)
                && tree.files().stream().anyMatch(file -> file.path().endsWith("/httplib.h"));
    }

    /** What the commands need beside the source, all in one directory. */
    public List<BundledFile> tools() {
        List<BundledFile> tools = new ArrayList<>(BundledFile.OF_BACKEND);
        if (addsInterface()) {
            tools.addAll(BundledFile.OF_INTERFACE);
        }
        return tools;
    }

    private static List<String> generation(
            Kernels kernels, SourceTree tree, Architecture architecture, @Nullable String model)
            throws BackendException {
        String name = "<backend><kernels> (-Dbitnet.backend.kernels) is " + text(kernels) + ", but ";
        if (tree.kind() == SourceTree.Kind.LLAMA_CPP) {
            throw new BackendException(name + tree.description() + " is llama.cpp, and only BitNet.cpp has these"
                    + " kernels. Use i2_s, or a source tree of BitNet.cpp.");
        }
        Architecture needed = kernels == Kernels.TL1 ? Architecture.AARCH64 : Architecture.X86_64;
        if (architecture != needed) {
            throw new BackendException(name + "these kernels are for " + needed.dockerName() + " and the image is for "
                    + architecture.dockerName() + ". Use i2_s or " + (kernels == Kernels.TL1 ? "tl2" : "tl1") + ".");
        }
        List<String> command = KernelShapes.of(model, kernels).command(kernels);
        if (!tree.holds(command.get(1))) {
            throw new BackendException(name + tree.description() + " has no generator " + command.get(1)
                    + ". Use i2_s, or a complete source tree of BitNet.cpp.");
        }
        return command;
    }

    /** {@code i2_s}, {@code tl1} or {@code tl2}. */
    static String text(Kernels kernels) {
        return kernels.name().toLowerCase(Locale.ROOT);
    }

    /**
     * CMake's configuration of the source.
     *
     * @param toolDirectory where {@link #tools} are
     * @param generator such as {@code Ninja}
     */
    public List<String> configure(String source, String build, String toolDirectory, String generator) {
        List<String> command = new ArrayList<>(List.of("cmake", "-S", source, "-B", build, "-G", generator));
        command.addAll(options(source));
        if (addsInterface()) {
            command.add(PROJECT_INCLUDE + "=" + toolDirectory + "/" + BundledFile.INTERFACE_CMAKE.fileName());
        }
        command.addAll(settings.cmakeArguments());
        return command;
    }

    private List<String> options(String source) {
        boolean linkedStatically = settings.linkage() == Linkage.STATIC;
        // One section per function, so that the linker can leave out what nothing calls: a sixth of the server.
        String flags = "-ffunction-sections -fdata-sections -ffile-prefix-map=" + source + "=.";
        List<String> options = new ArrayList<>(List.of("-DCMAKE_BUILD_TYPE=Release", "-DGGML_NATIVE=OFF"));
        if (architecture == Architecture.X86_64) {
            // Without AVX2 BitNet's kernels answer with garbage; AVX-512 would not run everywhere.
            options.addAll(List.of(
                    "-DGGML_AVX=ON", "-DGGML_AVX2=ON", "-DGGML_FMA=ON", "-DGGML_F16C=ON", "-DGGML_AVX512=OFF"));
        } else {
            flags += " -march=armv8.2-a+dotprod";
        }
        options.add("-DCMAKE_C_FLAGS=" + flags);
        options.add("-DCMAKE_CXX_FLAGS=" + flags);
        if (linkedStatically) {
            options.addAll(List.of(
                    "-DBUILD_SHARED_LIBS=OFF",
                    "-DGGML_OPENMP=OFF",
                    "-DCMAKE_EXE_LINKER_FLAGS=-static -Wl,--gc-sections"));
        } else {
            // Old-style tags: then the loader finds what the libraries need beside them, too.
            options.addAll(List.of(
                    "-DBUILD_SHARED_LIBS=ON",
                    "-DCMAKE_EXE_LINKER_FLAGS=-Wl,--gc-sections,--disable-new-dtags",
                    "-DCMAKE_SHARED_LINKER_FLAGS=-Wl,--gc-sections,--disable-new-dtags",
                    "-DCMAKE_BUILD_WITH_INSTALL_RPATH=ON",
                    "-DCMAKE_INSTALL_RPATH=$ORIGIN/../lib"));
        }
        // A tree takes no notice of the options that it does not know.
        options.addAll(List.of(
                "-DGGML_CCACHE=OFF",
                "-DLLAMA_BUILD_COMMON=ON",
                "-DLLAMA_BUILD_EXAMPLES=ON",
                "-DLLAMA_BUILD_SERVER=ON",
                "-DLLAMA_BUILD_TOOLS=ON",
                "-DLLAMA_BUILD_TESTS=OFF",
                "-DLLAMA_BUILD_UI=OFF",
                "-DLLAMA_USE_PREBUILT_UI=OFF",
                "-DLLAMA_CURL=OFF",
                "-DLLAMA_OPENSSL=OFF"));
        if (settings.kernels() != Kernels.I2_S) {
            options.add(settings.kernels() == Kernels.TL1 ? "-DBITNET_ARM_TL1=ON" : "-DBITNET_X86_TL2=ON");
        }
        return options;
    }

    /** The compilation of the executables and of what they need, nothing else. */
    public List<String> build(String build) {
        List<String> command = new ArrayList<>(List.of("cmake", "--build", build, "--target"));
        command.addAll(settings.executables());
        return command;
    }

    /** The compilation of the probe, which needs no library at all. */
    public static List<String> probe(String source, String output) {
        return List.of(
                "cc", "-std=gnu11", "-Os", "-ffreestanding", "-fno-stack-protector", "-fno-pie",
                "-fno-asynchronous-unwind-tables", "-static", "-nostdlib", "-no-pie", "-Wl,--build-id=none",
                "-Wl,-z,noseparate-code", "-s", "-o", output, source);
    }

    /** The collection of the executables, stripped, and of the libraries that they name. */
    public List<String> collect(String script, String build, String into, String probe) {
        List<String> command = new ArrayList<>(List.of("sh", script, "--build", build, "--into", into));
        if (withLibc) {
            command.add("--with-libc");
        }
        if (addsInterface()) {
            command.add("--with-interface");
        }
        command.addAll(settings.executables());
        command.add(probe);
        return command;
    }

    /** SHA-256 over all that decides about the artifacts: 64 hexadecimal digits. */
    public String key() {
        List<String> parts = new ArrayList<>(List.of(tree.key(), architecture.name(), "" + emptyKernelHeader));
        parts.addAll(kernelGeneration);
        parts.addAll(configure("/src", "/build", "/tools", "Ninja"));
        parts.addAll(build("/build"));
        parts.addAll(probe("probe.c", "probe"));
        parts.addAll(collect("collect", "/build", "/runtime", "probe"));
        parts.addAll(packages);
        MessageDigest digest = Sha256.create();
        for (String part : parts) {
            digest.update((part + "\0").getBytes(StandardCharsets.UTF_8));
        }
        for (BundledFile file : tools()) {
            digest.update(file.read());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
