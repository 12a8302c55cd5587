package io.github.bitnetmaven.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.bitnetmaven.it.Probe.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probe as a health check, asked about servers of every kind. */
class ProbeHealthIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    static Path programs;

    private static Path probe;

    @BeforeAll
    static void compile() throws Exception {
        probe = Probe.compile(programs.resolve("bitnet-probe"));
    }

    @Test
    void isHealthyWhenTheServerAnswers200() throws Exception {
        assertThat(healthOf(200)).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void isUnhealthyWhenTheServerAnswers503() throws Exception {
        assertThat(healthOf(503).withoutPort())
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The server at 127.0.0.1:PORT answered GET /health with status 503 instead of"
                                + " 200.\n"));
    }

    @Test
    void isUnhealthyWhenNobodyListens() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            closed = socket.getLocalPort();
        }
        assertThat(health(closed).withoutPort())
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The server at 127.0.0.1:PORT does not accept connections: it is not running, or"
                                + " still starting.\n"));
    }

    @Test
    void givesUpAfterFiveSecondsOnAServerThatHangs() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            long start = System.nanoTime();
            Result result = health(socket.getLocalPort());
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(4900), Duration.ofMillis(7000));
            assertThat(result.withoutPort()).isEqualTo(tooLate());
        }
    }

    @Test
    void givesUpAfterFiveSecondsOnAServerThatDripsItsAnswer() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            var server = CompletableFuture.runAsync(() -> {
                try (Socket client = socket.accept()) {
                    for (byte b : "HTTP/1.1 200 OK\r\n".getBytes(US_ASCII)) {
                        client.getOutputStream().write(b);
                        Thread.sleep(1000);
                    }
                } catch (IOException | InterruptedException e) {
                    // The probe has gone: that is what is awaited.
                }
            });
            assertThat(health(socket.getLocalPort()).withoutPort()).isEqualTo(tooLate());
            server.get(30, SECONDS);
        }
    }

    @Test
    void isHealthyWhenTheStatusLineComesInPieces() throws Exception {
        assertThat(answer("HTTP/1.1 2", "00 OK\r\n\r\n")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void isUnhealthyWhenTheAnswerIsNotHttp() throws Exception {
        assertThat(answer("SSH-2.0-OpenSSH_9.2p1\r\n").withoutPort())
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The server at 127.0.0.1:PORT did not answer in HTTP: another program may be"
                                + " listening there.\n"));
    }

    @Test
    void isUnhealthyWhenTheConnectionIsClosedWithoutAnAnswer() throws Exception {
        assertThat(answer("HTTP/1.1").withoutPort())
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The server at 127.0.0.1:PORT closed the connection without an answer in"
                                + " HTTP.\n"));
    }

    private static Result tooLate() {
        return new Result(
                1, "", "bitnet-probe: The server at 127.0.0.1:PORT did not answer GET /health within 5 seconds.\n");
    }

    private static Result healthOf(int status) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.createContext("/health", exchange -> {
            byte[] body = "{\"status\":\"whatever\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders("GET".equals(exchange.getRequestMethod()) ? status : 405, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            return health(server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    /** What the probe makes of a server that answers with these pieces and closes. */
    private static Result answer(String... pieces) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            var server = CompletableFuture.runAsync(() -> {
                try (Socket client = socket.accept()) {
                    client.setTcpNoDelay(true);
                    client.getInputStream().read(new byte[1000]);
                    for (String piece : pieces) {
                        client.getOutputStream().write(piece.getBytes(US_ASCII));
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Result result = health(socket.getLocalPort());
            server.get(30, SECONDS);
            return result;
        }
    }

    private static Result health(int port) throws Exception {
        return Probe.run(probe, Map.of("BITNET_PORT", String.valueOf(port)), "health");
    }
}
