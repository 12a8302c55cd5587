package io.github.bitnetmaven.audit.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "/bin/sh -c #(nop) COPY file:1f2e in /app/models/ > COPY file:1f2e /app/models/",
                "/bin/sh -c #(nop) COPY --chown=1:1 dir:1f2e in /app > COPY dir:1f2e /app",
                "/bin/sh -c #(nop) COPY file:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef in /a"
                        + " > COPY file:01234567… /a",
                "/bin/sh -c #(nop)  CMD [\"bash\"] > CMD [\"bash\"]",
                "COPY model.gguf /app/models/ # buildkit > COPY model.gguf /app/models/",
                "COPY --chown=1:1 --chmod=755 a b /app/ # buildkit > COPY a b /app/",
                "/bin/sh -c make -j2 > RUN make -j2",
                "/bin/bash -o pipefail -c make > RUN make",
                "|2 JOBS=2 KIND=a b /bin/sh -c make > RUN make",
                "RUN |1 JOBS=/x /bin/sh -c make # buildkit > RUN make",
                "RUN /bin/sh -c make # buildkit > RUN make",
                "WORKDIR /app > WORKDIR /app",
                "jib-maven-plugin:3.4.0 > jib-maven-plugin:3.4.0",
                "'' > ''"
            })
    void everyBuildersHistoryReadsAsTheDockerfile(String createdBy, String text) {
        assertThat(Instruction.of(createdBy).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin/sh -c #(nop) COPY file:1f2e in /app/models/ ",
                "/bin/sh -c #(nop) COPY --chown=65532:65532 file:1f2e in /app/models/m.gguf ",
                "COPY x /app/models/ # buildkit",
                "COPY --chown=65532:65532 a b /app/models/ # buildkit"
            })
    void onePatternMatchesOnEveryBuilder(String createdBy) throws ConfigurationException {
        assertThat(InstructionPattern.parse("COPY * /app/models/*", "x").matches(Instruction.of(createdBy)))
                .isTrue();
    }

    @Test
    void thePatternMayAlsoBeWhatTheHistorySaysWordForWord() throws ConfigurationException {
        Instruction instruction = Instruction.of("/bin/sh -c #(nop) COPY --chown=1:1 file:1f2e in /app/ ");

        assertThat(InstructionPattern.parse("*#(nop) COPY --chown=1:1 * in /app/", "x").matches(instruction))
                .isTrue();
        assertThat(InstructionPattern.parse("COPY * /srv/*", "x").matches(instruction)).isFalse();
    }

    @Test
    void escapeSequencesAndLineBreaksOfAnImageAreNotPrinted() {
        assertThat(Instruction.of("RUN a\n\u001b[2Jb\u202ec\r\u009bd").text()).isEqualTo("RUN a ?[2Jb?c ?d");
    }

    @Test
    void aHugeInstructionIsCut() {
        assertThat(Instruction.of("RUN " + "x".repeat(10_000_000)).text()).hasSize(4_000).endsWith("x…");
    }
}
