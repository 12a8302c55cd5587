package io.github.bitnetmaven.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerfileTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian\nRUN id", "debian\rRUN id", "debian AS x", "-flag", "#x", "$BASE", "${BASE}", "a\\", "a`b`", "a'b",
                "a\"b", "<<EOF", "", "a\u0000b", "a\u2028b", "--platform=x", "a\tb"
            })
    void noReferenceLeavesItsPlace(String hostile) {
        assertThatThrownBy(() -> DockerfileText.reference("<image><baseImage>", hostile))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<image><baseImage> is '" + DockerfileText.printable(hostile)
                        + "', which is not the name of an image.");
    }

    @Test
    void realReferencesAreLeftAlone() throws Exception {
        for (String reference : List.of(
                "scratch",
                "debian:bookworm-slim",
                "localhost:5000/acme/base:1.0",
                "bitnet-model:0123abcd",
                "a@sha256:" + "0".repeat(64))) {
            assertThat(DockerfileText.reference("x", reference)).isEqualTo(reference);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "a b", "a\nb", "a\"b", ".hidden", "-x", "", "a$b", "..", "a\\b"})
    void noFileNameLeavesItsPlace(String hostile) {
        assertThatThrownBy(() -> DockerfileText.fileName("The model", hostile))
                .hasMessage("The model is '" + DockerfileText.printable(hostile) + "', which is not a plain file name. It"
                        + " may hold letters, digits, '.', '_', '+' and '-', and begins with a letter, a digit or '_'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"", "`", "$", "\\", "\n", "\r", "\u0007", "\u0085", "\u2028"})
    void noCmakeArgumentLeavesItsPlace(String hostile) {
        assertThatThrownBy(() -> DockerfileText.cmakeOption("<cmakeArguments>", "-DX=" + hostile + "y"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<cmakeArguments> holds '-DX=" + DockerfileText.printable(hostile) + "y', but the character "
                        + DockerfileText.printable(hostile) + " cannot stand in a Dockerfile. Leave it out.");
    }

    @Test
    void aHeredocIsRefused() {
        assertThatThrownBy(() -> DockerfileText.cmakeOption("<cmakeArguments>", "-DX=<<EOF"))
                .hasMessage("<cmakeArguments> holds '-DX=<<EOF', but << begins a heredoc in a Dockerfile. Leave it out.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-P", "--build", "-S/elsewhere", "-Cfile", "x", "-D", ";", "-E"})
    void onlyOptionsOfTheConfigurationMayBeAdded(String argument) {
        assertThatThrownBy(() -> DockerfileText.cmakeOption("<cmakeArguments>", argument))
                .hasMessage("<cmakeArguments> holds '" + argument + "', but only options such as -DNAME=VALUE may be"
                        + " added: -D, -U and -W.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "`", "$", "\\", "\n", "\u001b"})
    void noLabelLeavesItsPlace(String hostile) {
        assertThatThrownBy(() -> DockerfileText.quoted("<name>", "x" + hostile))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("<name> holds 'x");
    }

    @Test
    void aLabelMayHoldAnApostropheAndAnyLetter() throws Exception {
        assertThat(DockerfileText.quoted("<name>", "Zoë's server")).isEqualTo("\"Zoë's server\"");
    }

    @Test
    void wordsThatTheShellWouldSplitAreQuoted() {
        assertThat(DockerfileText.command(List.of("cmake", "-S", "/src", "-DA=b c;d", "-DRPATH=$ORIGIN/x", "-DB=1")))
                .isEqualTo("cmake -S /src \\\n        '-DA=b c;d' \\\n        '-DRPATH=$ORIGIN/x' \\\n        -DB=1");
    }

    @Test
    void longValuesAreRefusedAndShownCut() {
        assertThatThrownBy(() -> DockerfileText.quoted("<name>", "x".repeat(5000)))
                .hasMessage("<name> is longer than the 4000 characters that fit into a Dockerfile: '" + "x".repeat(200)
                        + "…'.");
    }
}
