package io.github.bitnetmaven.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private int width = 80;
    private long now = 5 * SECOND;
    private final Progress progress =
            new TerminalProgress(new PrintStream(terminal, true, StandardCharsets.UTF_8), () -> width, () -> now);

    @Test
    void aShortTaskPrintsNothing() {
        try (Progress.Task task = progress.start("Reading", 100, Progress.Unit.BYTES)) {
            now += SECOND;
            task.at(50);
        }
        assertThat(printed()).isEmpty();
    }

    @Test
    void theBarIsDrawnInPlaceAndGivesWayToTheSummary() {
        try (Progress.Task task = progress.start("Reading", 1000, Progress.Unit.BYTES)) {
            now += 2 * SECOND;
            task.at(500);
        }
        String bar = "Reading [##########----------] 50 %, 500 B of 1.00 kB, 250 B/s, 2 s left";
        assertThat(printed())
                .isEqualTo(bar + "\r" + " ".repeat(bar.length()) + "\rReading: ended at 50 % after 2 s"
                        + System.lineSeparator());
    }

    @Test
    void aShorterLineCoversALongerOne() {
        Progress.Task task = progress.start("x", 1000, Progress.Unit.PERCENT);
        now += 2 * SECOND;
        task.at(1);
        String first = printed();
        now += SECOND;
        task.at(1000);
        String second = printed().substring(first.length());
        assertThat(second).hasSameSizeAs(first).startsWith("x [####################] 100 % ").endsWith(" \r");
    }

    @Test
    void tenDrawingsASecondAreEnough() {
        Progress.Task task = progress.start("x", 1000, Progress.Unit.ITEMS);
        now += 2 * SECOND;
        for (int i = 0; i < 1000; i++) {
            now += SECOND / 1000;
            task.at(i);
        }
        assertThat(printed().chars().filter(c -> c == '\r').count()).isBetween(9L, 10L);
    }

    @Test
    void theLineFitsTheTerminal() {
        for (width = 5; width < 120; width++) {
            terminal.reset();
            try (Progress.Task task =
                    progress.start("Reading layers of acme/bitnet:1.0", 1_200_000_000L, Progress.Unit.BYTES)) {
                now += 3 * SECOND;
                task.at(600_000_000L);
                assertThat(printed().replace("\r", "").stripTrailing().length())
                        .as("at width %d", width)
                        .isLessThan(Math.max(20, width));
            }
        }
        width = 50;
        terminal.reset();
        Progress.Task task = progress.start("Reading layers of acme/bitnet:1.0", 100, Progress.Unit.PERCENT);
        now += 10 * SECOND;
        task.at(50);
        assertThat(printed().strip()).isEqualTo("Reading layers of acme/bitnet:1.0 50 %, 10 s left");
    }

    @Test
    void theWidthIsTakenFromTheEnvironment() {
        assertThat(new TerminalWidth(Map.of("COLUMNS", "132")).getAsInt()).isEqualTo(132);
        assertThat(new TerminalWidth(Map.of("COLUMNS", "wide")).getAsInt()).isPositive();
    }

    private String printed() {
        return terminal.toString(StandardCharsets.UTF_8);
    }
}
