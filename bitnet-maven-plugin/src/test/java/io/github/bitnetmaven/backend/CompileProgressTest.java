package io.github.bitnetmaven.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CompileProgressTest {
    @Test
    void ninjaCountsSteps() {
        assertThat(CompileProgress.percent("[11/45] Building CXX object src/llama.cpp.o")).hasValue(24);
        assertThat(CompileProgress.percent("[45/45] Linking CXX executable bin/llama-server")).hasValue(100);
    }

    @Test
    void makePrintsPerCent() {
        assertThat(CompileProgress.percent("[ 27%] Building C object ggml/src/ggml.c.o")).hasValue(27);
        assertThat(CompileProgress.percent("[100%] Built target llama-server")).hasValue(100);
    }

    @Test
    void otherLinesSayNothing() {
        assertThat(CompileProgress.percent("-- Configuring done")).isEmpty();
        assertThat(CompileProgress.percent("[1/0] x")).isEmpty();
        assertThat(CompileProgress.percent("[9/3] x")).isEmpty();
        assertThat(CompileProgress.percent("[999%] x")).isEmpty();
    }

    @Test
    void errorsAreTold() {
        assertThat(CompileProgress.isError("a.cpp:3:5: error: 'x' was not declared in this scope")).isTrue();
        assertThat(CompileProgress.isError("CMake Error at CMakeLists.txt:3 (message):")).isTrue();
        assertThat(CompileProgress.isError("a.cpp:(.text+0x5): undefined reference to `f'")).isTrue();
        assertThat(CompileProgress.isError("make: *** [Makefile:136: all] Error 2")).isTrue();
        assertThat(CompileProgress.isError("[1/2] Building CXX object bitnet-errors.cpp.o")).isFalse();
    }
}
