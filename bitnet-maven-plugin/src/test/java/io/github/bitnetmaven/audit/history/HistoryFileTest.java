package io.github.bitnetmaven.audit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.file.AuditFileException;
import io.github.bitnetmaven.audit.growth.Snapshots;
import io.github.bitnetmaven.audit.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    Path directory;

    private static HistoryEntry entry(String revision, long second) throws BitnetException {
        TestImage image = new TestImage();
        image.layer("COPY . /").file("app", 100 + second);
        return HistoryEntry.of(Snapshots.of(image), Outcome.PASS, revision, Instant.ofEpochSecond(second));
    }

    private HistoryFile file() {
        return new HistoryFile(directory.resolve("src/history.ndjson"));
    }

    @Test
    void auditsAreReadOldestFirstWhateverAMergeMadeOfThem() throws BitnetException {
        assertThat(file().read()).isEqualTo(History.empty());
        assertThat(file().append(entry("b", 2))).isTrue();
        assertThat(file().append(entry("a", 1))).isTrue();

        assertThat(file().read().entries()).containsExactly(entry("a", 1), entry("b", 2));
        assertThat(file().read().torn()).isFalse();
    }

    @Test
    void aCommitIsShortInASentenceAndAnythingElseIsSafeToPrint() throws BitnetException {
        assertThat(entry("0123456789abcdef0123456789abcdef01234567", 1).shortRevision()).isEqualTo("0123456789ab");
        assertThat(entry("release 1.0\u001b[2J", 1).shortRevision()).isEqualTo("release 1.0?[2J");
    }

    @Test
    void theSameAuditIsThereOnce() throws BitnetException, IOException {
        file().append(entry("a", 1));

        assertThat(file().append(entry("a", 1))).isFalse();
        assertThat(Files.readAllLines(file().file())).hasSize(1);
    }

    @Test
    void aLastLineThatWasCutOffIsLeftOutAndThenRemoved() throws BitnetException, IOException {
        file().append(entry("a", 1));
        Files.writeString(file().file(), "{\"schema\": \"bitnet-hi", StandardOpenOption.APPEND);

        assertThat(file().read().torn()).isTrue();
        assertThat(file().read().entries()).containsExactly(entry("a", 1));
        file().append(entry("b", 2));
        assertThat(file().read()).isEqualTo(new History(java.util.List.of(entry("a", 1), entry("b", 2)), false));
    }

    @Test
    void aLastLineWithoutItsEndCounts() throws BitnetException, IOException {
        file().append(entry("a", 1));
        Files.writeString(file().file(), Files.readString(file().file()).strip());

        file().append(entry("b", 2));
        assertThat(file().read().entries()).containsExactly(entry("a", 1), entry("b", 2));
    }

    @Test
    void aLineThatIsNoneIsAnErrorWithItsNumber() throws BitnetException, IOException {
        file().append(entry("a", 1));
        Files.writeString(file().file(), "<<<<<<< HEAD\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> file().read())
                .isInstanceOf(AuditFileException.class)
                .hasMessageStartingWith("Line 2 of the history " + file().file() + " cannot be read: ")
                .hasMessageEndingWith(". Correct or remove the line.");
    }
}
