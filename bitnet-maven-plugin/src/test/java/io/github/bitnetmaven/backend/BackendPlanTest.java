package io.github.bitnetmaven.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BackendPlanTest {
    @TempDir
    Path root;

    @BeforeEach
    void tree() {
        Trees.bitnet(root);
    }

    private BackendPlan plan(Kernels kernels, Linkage linkage, Architecture architecture, @Nullable String model)
            throws BackendException {
        return BackendPlan.of(
                Trees.settings(root, kernels, linkage, "llama-server"), Trees.tree(root), architecture, model, true);
    }

    @Test
    void aStaticBuildIsPortableAndNeedsNoLibrary() throws Exception {
        BackendPlan plan = plan(Kernels.I2_S, Linkage.STATIC, Architecture.X86_64, null);
        assertThat(plan.configure("/src", "/build", "/tools", "Ninja"))
                .startsWith("cmake", "-S", "/src", "-B", "/build", "-G", "Ninja")
                .contains(
                        "-DCMAKE_BUILD_TYPE=Release",
                        "-DGGML_NATIVE=OFF",
                        "-DGGML_AVX2=ON",
                        "-DGGML_OPENMP=OFF",
                        "-DBUILD_SHARED_LIBS=OFF",
                        "-DCMAKE_EXE_LINKER_FLAGS=-static -Wl,--gc-sections",
                        "-DLLAMA_BUILD_SERVER=ON",
                        "-DLLAMA_BUILD_TESTS=OFF");
        assertThat(plan.build("/build")).containsExactly("cmake", "--build", "/build", "--target", "llama-server");
        assertThat(plan.withLibc()).isFalse();
        assertThat(plan.packages()).containsExactly("cmake", "g++", "ninja-build");
    }

    @Test
    void noFlagIsForTheMachineThatCompiles() throws Exception {
        for (Architecture architecture : Architecture.values()) {
            BackendPlan plan = plan(Kernels.I2_S, Linkage.SHARED, architecture, null);
            assertThat(plan.configure("/src", "/build", "/tools", "Ninja").toString()).doesNotContain("march=native");
        }
        assertThat(plan(Kernels.I2_S, Linkage.STATIC, Architecture.AARCH64, null).configure("/src", "/build", "/tools", "Ninja"))
                .contains("-DCMAKE_CXX_FLAGS=-ffunction-sections -fdata-sections -ffile-prefix-map=/src=."
                        + " -march=armv8.2-a+dotprod")
                .doesNotContain("-DGGML_AVX2=ON");
    }

    @Test
    void sharedLibrariesAreFoundBesideTheExecutable() throws Exception {
        BackendPlan plan = plan(Kernels.I2_S, Linkage.SHARED, Architecture.X86_64, null);
        assertThat(plan.configure("/src", "/build", "/tools", "Ninja"))
                .contains("-DBUILD_SHARED_LIBS=ON", "-DCMAKE_INSTALL_RPATH=$ORIGIN/../lib")
                .doesNotContain("-DGGML_OPENMP=OFF");
        assertThat(plan.withLibc()).isTrue();
        assertThat(plan.collect("/c.sh", "/build", "/runtime", "/probe"))
                .containsExactly(
                        "sh", "/c.sh", "--build", "/build", "--into", "/runtime", "--with-libc", "llama-server",
                        "/probe");
    }

    @Test
    void theUsersArgumentsComeLast() throws Exception {
        BackendPlan plan = BackendPlan.of(
                Trees.settings(root, Kernels.I2_S, Linkage.STATIC, "llama-cli", "-DGGML_AVX512=ON"),
                Trees.tree(root),
                Architecture.X86_64,
                null,
                true);
        assertThat(plan.configure("/src", "/build", "/tools", "Ninja")).endsWith("-DGGML_AVX512=ON");
    }

    private BackendPlan plan(String executable, String... cmakeArguments) throws BackendException {
        return BackendPlan.of(
                Trees.settings(root, Kernels.I2_S, Linkage.STATIC, executable, cmakeArguments),
                Trees.tree(root),
                Architecture.X86_64,
                null,
                true);
    }

    @Test
    void aServerMadeWithHttplibGetsThePathsOfTheOtherVariants() throws Exception {
        String key = plan("llama-server").key();
        Trees.write(root, "3rdparty/llama.cpp/examples/server/httplib.h", "#pragma once\n");
        BackendPlan plan = plan("llama-server", "-DGGML_AVX512=ON");
        assertThat(plan.configure("/src", "/build", "/tools", "Ninja"))
                .endsWith("-DCMAKE_PROJECT_INCLUDE=/tools/bitnet-interface.cmake", "-DGGML_AVX512=ON");
        assertThat(plan.collect("/c.sh", "/build", "/runtime", "/probe"))
                .containsExactly(
                        "sh", "/c.sh", "--build", "/build", "--into", "/runtime", "--with-interface", "llama-server",
                        "/probe");
        assertThat(plan.tools()).containsAll(BundledFile.OF_BACKEND).containsAll(BundledFile.OF_INTERFACE);
        assertThat(plan("llama-server").key()).isNotEqualTo(key);
    }

    @Test
    void otherServersAndOtherExecutablesAreCompiledAsTheyAre() throws Exception {
        List<BackendPlan> plans = new ArrayList<>(List.of(plan("llama-server")));
        Trees.write(root, "3rdparty/llama.cpp/examples/server/httplib.h", "#pragma once\n");
        plans.add(plan("llama-cli"));
        plans.add(plan("llama-server", "-DBITNET_INTERFACE=OFF"));
        for (BackendPlan plan : plans) {
            assertThat(plan.configure("/src", "/build", "/tools", "Ninja").toString()).doesNotContain("PROJECT_INCLUDE");
            assertThat(plan.collect("/c.sh", "/build", "/runtime", "/probe")).doesNotContain("--with-interface");
            assertThat(plan.tools()).isEqualTo(BundledFile.OF_BACKEND);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-DCMAKE_PROJECT_INCLUDE=/mine.cmake", "-DCMAKE_PROJECT_INCLUDE:FILEPATH=/mine.cmake"})
    void anArgumentThatWouldTakeThesePathsAwayIsRefused(String argument) throws Exception {
        assertThat(plan("llama-server", argument).addsInterface()).isFalse();
        Trees.write(root, "3rdparty/llama.cpp/examples/server/httplib.h", "#pragma once\n");
        assertThat(plan("llama-server", argument, "-DBITNET_INTERFACE=OFF").addsInterface()).isFalse();
        assertThatThrownBy(() -> plan("llama-server", argument))
                .isInstanceOf(BackendException.class)
                .hasMessage("<backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments) sets CMAKE_PROJECT_INCLUDE, by which"
                        + " this plugin adds /generate, /docs and /openapi.json to llama-server. Set"
                        + " CMAKE_PROJECT_INCLUDE_BEFORE instead, or add -DBITNET_INTERFACE=OFF to do without these paths.");
    }

    @Test
    void theKernelHeaderIsEmptyWhereTheTreeHasNone() throws Exception {
        assertThat(plan(Kernels.I2_S, Linkage.STATIC, Architecture.X86_64, null).emptyKernelHeader()).isTrue();
        Trees.write(root, BackendPlan.KERNEL_HEADER, "// committed\n");
        assertThat(plan(Kernels.I2_S, Linkage.STATIC, Architecture.X86_64, null).emptyKernelHeader()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bitnet_b1_58-large            | bitnet_b1_58-large         | 256,128,256     | 128,64,128    | 32,64,32    | 96,192,96   | 32,32,32
        bitnet_b1_58-3B               | bitnet_b1_58-3B            | 160,320,320     | 64,128,64     | 32,64,32    | 96,96,96    | 32,32,32
        BitNet-b1.58-2B-4T            | bitnet_b1_58-3B            | 160,320,320     | 64,128,64     | 32,64,32    | 96,96,96    | 32,32,32
        Llama3-8B-1.58-100B-tokens    | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon3-1B-Instruct-1.58bit   | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon3-3B-1.58bit            | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon3-3B-Instruct-1.58bit   | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon3-7B-1.58bit            | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon3-7B-Instruct-1.58bit   | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon3-10B-1.58bit           | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon3-10B-Instruct-1.58bit  | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon-E-1B-Instruct          | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon-E-1B-Base              | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon-E-3B-Instruct          | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        Falcon-E-3B-Base              | Llama3-8B-1.58-100B-tokens | 256,128,256,128 | 128,64,128,64 | 32,64,32,64 | 96,96,96,96 | 32,32,32,32
        """)
    void everyModelHasItsKernels(
            String model, String shape, String bigM, String tl1K, String tl1m, String tl2K, String tl2m)
            throws Exception {
        BackendPlan tl1 = plan(Kernels.TL1, Linkage.STATIC, Architecture.AARCH64, model);
        assertThat(tl1.kernelGeneration())
                .containsExactly(
                        "python3", "utils/codegen_tl1.py", "--model", shape, "--BM", bigM, "--BK", tl1K, "--bm", tl1m);
        BackendPlan tl2 = plan(Kernels.TL2, Linkage.STATIC, Architecture.X86_64, model);
        assertThat(tl2.kernelGeneration())
                .containsExactly(
                        "python3", "utils/codegen_tl2.py", "--model", shape, "--BM", bigM, "--BK", tl2K, "--bm", tl2m);
        assertThat(tl1.configure("/src", "/build", "/tools", "Ninja")).contains("-DBITNET_ARM_TL1=ON");
        assertThat(tl2.configure("/src", "/build", "/tools", "Ninja")).contains("-DBITNET_X86_TL2=ON");
        assertThat(tl2.packages()).contains("python3");
        assertThat(tl2.emptyKernelHeader()).isFalse();
    }

    @Test
    void aModelWithoutSuchKernelsIsRefused() {
        assertThatThrownBy(() -> plan(Kernels.TL2, Linkage.STATIC, Architecture.X86_64, "bitnet-embedding-0.6b"))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("<backend><kernels> (-Dbitnet.backend.kernels) is tl2, but BitNet.cpp has no such"
                        + " kernels for the model bitnet-embedding-0.6b. Use i2_s, or one of these models:"
                        + " BitNet-b1.58-2B-4T, ");
        assertThatThrownBy(() -> plan(Kernels.TL2, Linkage.STATIC, Architecture.X86_64, null))
                .hasMessage("<backend><kernels> (-Dbitnet.backend.kernels) is tl2, but these kernels are generated for"
                        + " the shape of one model, and <model><name> (-Dbitnet.model) names none. Name one of the"
                        + " catalogue, or use i2_s.");
    }

    @Test
    void kernelsOfAnotherArchitectureAreRefused() {
        assertThatThrownBy(() -> plan(Kernels.TL1, Linkage.STATIC, Architecture.X86_64, "bitnet_b1_58-3B"))
                .hasMessage("<backend><kernels> (-Dbitnet.backend.kernels) is tl1, but these kernels are for arm64 and"
                        + " the image is for amd64. Use i2_s or tl2.");
        assertThatThrownBy(() -> plan(Kernels.TL2, Linkage.STATIC, Architecture.AARCH64, "bitnet_b1_58-3B"))
                .hasMessage("<backend><kernels> (-Dbitnet.backend.kernels) is tl2, but these kernels are for amd64 and"
                        + " the image is for arm64. Use i2_s or tl1.");
    }

    @Test
    void kernelsThatOnlyBitNetHasAreRefusedForLlamaCpp(@TempDir Path llama) throws Exception {
        SourceTree tree = Trees.tree(Trees.llamaCpp(llama));
        assertThatThrownBy(() -> BackendPlan.of(
                        Trees.settings(llama, Kernels.TL2, Linkage.STATIC, "llama-server"),
                        tree,
                        Architecture.X86_64,
                        "BitNet-b1.58-2B-4T",
                        true))
                .hasMessage("<backend><kernels> (-Dbitnet.backend.kernels) is tl2, but the tree is llama.cpp, and only"
                        + " BitNet.cpp has these kernels. Use i2_s, or a source tree of BitNet.cpp.");
    }

    @Test
    void aMissingGeneratorIsTold() throws Exception {
        Files.delete(root.resolve("utils/codegen_tl2.py"));
        assertThatThrownBy(() -> plan(Kernels.TL2, Linkage.STATIC, Architecture.X86_64, "BitNet-b1.58-2B-4T"))
                .hasMessage("<backend><kernels> (-Dbitnet.backend.kernels) is tl2, but the tree has no generator"
                        + " utils/codegen_tl2.py. Use i2_s, or a complete source tree of BitNet.cpp.");
    }

    @Test
    void theKeyFollowsWhatDecidesAboutTheArtifacts() throws Exception {
        String key = plan(Kernels.I2_S, Linkage.STATIC, Architecture.X86_64, null).key();
        assertThat(plan(Kernels.I2_S, Linkage.STATIC, Architecture.X86_64, "any").key()).isEqualTo(key);
        assertThat(plan(Kernels.I2_S, Linkage.SHARED, Architecture.X86_64, null).key()).isNotEqualTo(key);
        assertThat(plan(Kernels.I2_S, Linkage.STATIC, Architecture.AARCH64, null).key()).isNotEqualTo(key);
        Trees.write(root, "include/ggml-bitnet.h", "#pragma twice\n");
        assertThat(plan(Kernels.I2_S, Linkage.STATIC, Architecture.X86_64, null).key()).isNotEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "x86_64", "linux/amd64"})
    void anArchitectureHasSeveralNames(String name) throws Exception {
        assertThat(Architecture.of(name)).isEqualTo(Architecture.X86_64);
        assertThat(Architecture.of("linux/arm64/v8")).isEqualTo(Architecture.AARCH64);
        assertThatThrownBy(() -> Architecture.of("linux/riscv64"))
                .hasMessage("BitNet.cpp has no kernels for the architecture 'linux/riscv64'. Build for linux/amd64 or"
                        + " linux/arm64.");
    }
}
