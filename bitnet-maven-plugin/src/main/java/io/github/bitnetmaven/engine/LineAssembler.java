package io.github.bitnetmaven.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes lines of UTF-8 out of pieces. A line ends with a line feed, a carriage return (progress bars) or both; one that
 * is longer than 64 KiB is cut and the rest of it dropped, so that no output can fill the memory.
 */
final class LineAssembler {
    private static final int LONGEST = 64 << 10;

    private final Consumer<String> onLine;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineAssembler(Consumer<String> onLine) {
        this.onLine = onLine;
    }

    void append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(bytes, 0, bytes.length);
    }

    void append(byte[] bytes, int offset, int length) {
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                keep(bytes, start, i - start);
                end();
                start = i + 1;
            }
        }
        keep(bytes, start, offset + length - start);
    }

    /** Passes on a last line that nothing ended. Empty lines are never passed on. */
    void end() {
        if (line.size() > 0) {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            onLine.accept(text);
        }
    }

    private void keep(byte[] bytes, int start, int length) {
        line.write(bytes, start, Math.min(length, LONGEST - line.size()));
    }
}
