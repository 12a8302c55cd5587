package io.github.bitnetmaven.mojo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many columns a terminal has: {@code COLUMNS}, else what {@code stty} says, else 107. */
final class TerminalWidth {
    /** With what Maven puts before each line. */
    static final int UNKNOWN = 107;

    private static final int MOST = 1_000;
    private static final long PATIENCE_SECONDS = 2;
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,6} ([0-9]{1,6})\\s*");
    private static final File TERMINAL = new File("/dev/tty");

    private TerminalWidth() {}

    /**
     * The columns that lines may have.
     *
     * @param terminal whether the lines go to a terminal, so that it may be asked
     */
    static int columns(Map<String, String> environment, boolean terminal) {
        int told = number(environment.get("COLUMNS"));
        if (told > 0) {
            return told;
        }
        int asked = terminal && TERMINAL.canRead() ? ask() : 0;
        return asked > 0 ? asked : UNKNOWN;
    }

    private static int ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return 0;
            }
            return sttys(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** The columns in {@code ROWS COLUMNS}; 0 when there are none. */
    static int sttys(String answer) {
        Matcher size = SIZE.matcher(answer);
        return size.matches() ? number(size.group(1)) : 0;
    }

    private static int number(@Nullable String text) {
        if (text == null || !text.strip().matches("[0-9]{1,6}")) {
            return 0;
        }
        return Math.min(MOST, Integer.parseInt(text.strip()));
    }
}
