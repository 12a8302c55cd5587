package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to {@code POST /build}: JSON objects, one per line, with {@code stream}, {@code status}, {@code
 * error} or {@code aux} (https://docs.docker.com/reference/api/engine/, ImageBuild).
 */
final class BuildOutput {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LAST_LINES = 15;

    private final Consumer<String> onLine;
    private final Deque<String> last = new ArrayDeque<>();
    private final LineAssembler output = new LineAssembler(this::line);
    private @Nullable String imageId;
    private @Nullable String error;

    BuildOutput(Consumer<String> onLine) {
        this.onLine = onLine;
    }

    /** Reads to the end. */
    void read(InputStream body) throws IOException {
        LineAssembler messages = new LineAssembler(this::message);
        byte[] buffer = new byte[16 << 10];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            messages.append(buffer, 0, count);
        }
        messages.end();
        output.end();
    }

    /** {@code sha256:…}; null when the build failed or the engine did not tell. */
    @Nullable String imageId() {
        return imageId;
    }

    /** The engine's sentence; null when the build went well. */
    @Nullable String error() {
        return error;
    }

    /** The last lines of output, each on a line of its own, indented. */
    String lastLines() {
        StringBuilder lines = new StringBuilder();
        last.forEach(line -> lines.append("\n    ").append(line));
        return lines.toString();
    }

    private void message(String line) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (IOException e) {
            line(line);
            return;
        }
        if (json.hasNonNull("error")) {
            error = Printable.line(json.path("error").asText());
        } else if (json.hasNonNull("stream")) {
            output.append(json.path("stream").asText());
        } else if (json.path("aux").hasNonNull("ID")) {
            imageId = json.path("aux").path("ID").asText();
        } else if (json.hasNonNull("status") && !json.hasNonNull("progressDetail")) {
            line(json.path("status").asText());
        }
    }

    private void line(String line) {
        String printable = Printable.line(line);
        if (printable.isEmpty()) {
            return;
        }
        last.addLast(printable);
        if (last.size() > LAST_LINES) {
            last.removeFirst();
        }
        onLine.accept(printable);
    }
}
