package io.github.bitnetmaven.progress;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal's width when the build started: {@code COLUMNS}, else what {@code stty} says, else 80. */
final class TerminalWidth implements IntSupplier {
    private static final int USUAL = 80;
    private static final Pattern STTY_SIZE = Pattern.compile("[0-9]{1,5} ([0-9]{1,5})\\s*");

    private final int columns;

    TerminalWidth(Map<String, String> environment) {
        String variable = environment.getOrDefault("COLUMNS", "");
        int found = variable.matches("[0-9]{1,5}") ? Integer.parseInt(variable) : stty();
        this.columns = found > 0 ? found : USUAL;
    }

    @Override
    public int getAsInt() {
        return columns;
    }

    private static int stty() {
        File terminal = new File("/dev/tty");
        if (!terminal.canRead()) {
            return 0;
        }
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(terminal)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return 0;
            }
            byte[] answer = process.getInputStream().readNBytes(32);
            Matcher size = STTY_SIZE.matcher(new String(answer, StandardCharsets.US_ASCII));
            return size.matches() ? Integer.parseInt(size.group(1)) : 0;
        } catch (IOException e) {
            // No terminal, or no stty: the usual width is as good.
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
