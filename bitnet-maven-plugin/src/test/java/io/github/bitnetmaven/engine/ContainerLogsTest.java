package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lines of a container, as an engine sends them. */
@Timeout(30)
class ContainerLogsTest {
    @RegisterExtension
    final FakeEngine server = new FakeEngine();

    @Test
    void theLogIsTakenApart() throws Exception {
        server.answer("/v1.41/containers/c/json", 200, "{\"Config\":{\"Tty\":false}}");
        server.handle("/v1.41/containers/c/logs", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            frame(body, 1, "first li");
            frame(body, 2, "error\r\n");
            frame(body, 1, "ne\nlast without an end");
            exchange.close();
        });
        List<String> lines = new ArrayList<>();
        server.connect().followLogs("c", lines::add);
        assertThat(lines).containsExactly("error", "first line", "last without an end");
    }

    @Test
    void theLogOfATerminalIsRaw() throws Exception {
        server.answer("/v1.41/containers/c/json", 200, "{\"Config\":{\"Tty\":true}}");
        server.answer("/v1.41/containers/c/logs", 200, "one\r\ntwo");
        List<String> lines = new ArrayList<>();
        server.connect().followLogs("c", lines::add);
        assertThat(lines).containsExactly("one", "two");
    }

    private static void frame(OutputStream out, int stream, String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        out.write(new byte[] {(byte) stream, 0, 0, 0, 0, 0, 0, (byte) bytes.length});
        out.write(bytes);
    }
}
