package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BuildLogTest {
    private final BuildLog log = new BuildLog();

    @Test
    void thePercentageOfMakeIsRead() {
        assertThat(log.add("[  4%] Building C object ggml.c.o")).isEqualTo(OptionalInt.of(4));
        assertThat(log.add("[ 45%] Building CXX object llama.cpp.o")).isEqualTo(OptionalInt.of(45));
        assertThat(log.add("[100%] Built target llama-server")).isEqualTo(OptionalInt.of(100));
    }

    @Test
    void thePercentageOfNinjaIsRead() {
        assertThat(log.add("[12/48] Building CXX object llama.cpp.o")).isEqualTo(OptionalInt.of(25));
    }

    @Test
    void otherLinesTellNoPercentage() {
        for (String line : new String[] {"50% done", "[x] y", "[1/0] z", "[99999999999/1] z", "[ 45%]x", ""}) {
            assertThat(log.add(line)).as(line).isEmpty();
        }
    }

    @Test
    void theLinesThatTellTheErrorAreFoundAmongTheOthers() {
        for (int i = 0; i < 150; i++) {
            log.add("[ 10%] Building CXX object file" + i + ".o");
        }
        log.add("/src/ggml-bitnet-mad.cpp:811:18: error: invalid conversion");
        log.add("  811 |         int8_t * y_col = y;");
        log.add("make[1]: *** [CMakeFiles/all] Error 2");
        log.add("fatal: not a git repository");
        assertThat(log.lastErrors())
                .containsExactly(
                        "/src/ggml-bitnet-mad.cpp:811:18: error: invalid conversion", "fatal: not a git repository");
    }

    @Test
    void whatCMakeSaysAfterItsErrorIsShownToo() {
        log.add("-- Detecting");
        log.add("CMake Error at CMakeLists.txt:3 (include):");
        log.add("  include could not find requested file:");
        log.add("    bitnet.cmake");
        log.add("Call Stack (most recent call first):");
        log.add("-- Configuring incomplete, errors occurred!");
        assertThat(log.lastErrors())
                .containsExactly(
                        "CMake Error at CMakeLists.txt:3 (include):",
                        "include could not find requested file:",
                        "bitnet.cmake",
                        "Call Stack (most recent call first):");
    }

    @Test
    void withoutAnErrorTheLastLinesAreShown() {
        assertThat(log.lastErrors()).isEmpty();
        for (int i = 0; i < 300; i++) {
            log.add("line " + i);
        }
        assertThat(log.lastErrors()).hasSize(15).startsWith("line 285").endsWith("line 299");
    }

    @Test
    void aFloodOfErrorsIsCutAfterTheFirst() {
        for (int i = 0; i < 100; i++) {
            log.add("a.c:" + i + ": error: x");
        }
        assertThat(log.lastErrors()).hasSize(15).startsWith("a.c:0: error: x");
    }
}
