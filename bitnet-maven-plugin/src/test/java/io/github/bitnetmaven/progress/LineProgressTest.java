package io.github.bitnetmaven.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private long now = 77 * SECOND;
    private final Progress progress = new LineProgress(lines::add, () -> now);

    @Test
    void aShortTaskPrintsNothing() {
        try (Progress.Task task = progress.start("Reading", 100, Progress.Unit.BYTES)) {
            now += 1_900_000_000L;
            task.at(100);
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void aLongTaskPrintsItsStartALineNowAndThenAndItsEnd() {
        try (Progress.Task task = progress.start("Reading", 2_000_000_000L, Progress.Unit.BYTES)) {
            for (int second = 1; second <= 40; second++) {
                now += SECOND;
                task.at(second * 10_000_000L);
            }
            now += SECOND;
            task.at(2_000_000_000L);
        }
        assertThat(lines)
                .containsExactly(
                        "Reading: 1 %, 20.0 MB of 2.00 GB, 10.0 MB/s, 3 min 18 s left",
                        "Reading: 6 %, 120 MB of 2.00 GB, 10.0 MB/s, 3 min 8 s left",
                        "Reading: 11 %, 220 MB of 2.00 GB, 10.0 MB/s, 2 min 58 s left",
                        "Reading: 16 %, 320 MB of 2.00 GB, 10.0 MB/s, 2 min 48 s left",
                        "Reading: 100 %, 2.00 GB of 2.00 GB, 48.8 MB/s",
                        "Reading: 2.00 GB in 41 s");
    }

    @Test
    void tenPercentAreWorthALine() {
        try (Progress.Task task = progress.start("Compiling", 100, Progress.Unit.PERCENT)) {
            for (int percent = 0; percent <= 100; percent++) {
                now += SECOND / 4;
                task.at(percent);
            }
        }
        assertThat(lines)
                .startsWith("Compiling: 7 %, 26 s left", "Compiling: 17 %, 21 s left")
                .endsWith("Compiling: done in 25 s")
                .hasSize(11);
    }

    @Test
    void aTaskOfUnknownSizeTellsWhatIsDone() {
        try (Progress.Task task = progress.start("Counting", -1, Progress.Unit.ITEMS)) {
            now += 3 * SECOND;
            task.at(12_345);
        }
        assertThat(lines).containsExactly("Counting: 12,345", "Counting: 12,345 in 3 s");
    }

    @Test
    void aTaskThatCountsNothingTellsTheTime() {
        try (Progress.Task task = progress.start("Waiting", -1, Progress.Unit.PERCENT)) {
            now += 3 * SECOND;
            task.at(0);
            now += SECOND;
        }
        assertThat(lines).containsExactly("Waiting: 3 s", "Waiting: 4 s");
    }

    @Test
    void aTaskThatEndsEarlySaysWhere() {
        try (Progress.Task task = progress.start("Reading", 200, Progress.Unit.BYTES)) {
            now += 3 * SECOND;
            task.at(50);
        }
        assertThat(lines).last().isEqualTo("Reading: ended at 25 % after 3 s");
    }

    @Test
    void workThatIsResumedDoesNotCountForTheRate() {
        Progress.Task task = progress.start("Downloading", 1_000_000_000L, Progress.Unit.BYTES);
        task.at(900_000_000L);
        now += 10 * SECOND;
        task.at(910_000_000L);
        assertThat(lines).containsExactly("Downloading: 91 %, 910 MB of 1.00 GB, 1.00 MB/s, 1 min 30 s left");
    }

    @Test
    void namesCannotSteerTheTerminal() {
        progress.line("a\u001b[2Jb\r\nc");
        assertThat(lines).containsExactly("a [2Jb c");
    }

    @Test
    void sizesHaveThreeDigits() {
        assertThat(List.of(
                        Meter.bytes(0),
                        Meter.bytes(999),
                        Meter.bytes(1000),
                        Meter.bytes(99_949),
                        Meter.bytes(99_950),
                        Meter.bytes(999_499),
                        Meter.bytes(999_500),
                        Meter.bytes(1_187_801_280L)))
                .containsExactly("0 B", "999 B", "1.00 kB", "99.9 kB", "100 kB", "999 kB", "1.00 MB", "1.19 GB");
    }
}
