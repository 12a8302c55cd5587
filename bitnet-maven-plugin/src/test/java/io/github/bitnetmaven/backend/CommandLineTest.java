package io.github.bitnetmaven.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CommandLineTest {
    @TempDir
    Path temp;

    private CommandLine.Outcome shell(String script, List<String> lines) throws BackendException {
        return new CommandLine(temp, Map.of("GREETING", "hello"), Duration.ofSeconds(1))
                .run(List.of("sh", "-c", script), lines::add);
    }

    @Test
    void linesEndWithANewlineOrACarriageReturn() throws Exception {
        List<String> lines = new ArrayList<>();
        CommandLine.Outcome outcome = shell("printf 'a\\rb\\r\\n\\nc'; echo \"$GREETING\" >&2; exit 3", lines);
        assertThat(lines).containsExactly("a", "b", "chello");
        assertThat(outcome).isEqualTo(new CommandLine.Outcome(3, lines));
        assertThat(outcome.lastLine()).isEqualTo("chello");
    }

    @Test
    void outputIsBounded() throws Exception {
        CommandLine.Outcome outcome =
                shell("head -c 100000 /dev/zero | tr '\\0' x; echo; seq 1 1000", new ArrayList<>());
        assertThat(outcome.lines()).hasSize(400).startsWith("601").endsWith("1000");
        List<String> lines = new ArrayList<>();
        shell("head -c 100000 /dev/zero | tr '\\0' x", lines);
        assertThat(lines).containsExactly("x".repeat(4000));
    }

    @Test
    void aProgramThatIsSilentIsEndedWithItsChildren() throws Exception {
        assertThat(shell("(sleep 2; echo x >late) & wait", new ArrayList<>()).exitCode()).isEqualTo(-1);
        Thread.sleep(1500);
        assertThat(temp.resolve("late")).doesNotExist();
    }

    @Test
    void aProgramThatTalksMayTakeItsTime() throws Exception {
        assertThat(shell("for i in 1 2 3 4; do echo $i; sleep 0.5; done", new ArrayList<>()).failed())
                .isFalse();
    }

    @Test
    void aProgramThatIsNotThereIsTold() {
        assertThatThrownBy(() -> new CommandLine(temp, Map.of(), Duration.ofSeconds(1))
                        .run(List.of("no-such-program"), line -> {}))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("no-such-program cannot be run: ");
    }

    @Test
    void aProgramIsFoundOnThePath() {
        assertThat(CommandLine.find("sh", System.getenv("PATH"))).isNotNull();
        assertThat(CommandLine.find("no-such-program", System.getenv("PATH"))).isNull();
        assertThat(CommandLine.find("sh", null)).isNull();
    }
}
