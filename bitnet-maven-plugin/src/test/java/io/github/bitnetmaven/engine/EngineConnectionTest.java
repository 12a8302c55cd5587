package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The first words with an engine, and why there may be none. */
@Timeout(30)
class EngineConnectionTest {
    @TempDir
    Path directory;

    @RegisterExtension
    final FakeEngine server = new FakeEngine();

    @Test
    void theVersionThatTheEngineNamesIsUsed() throws Exception {
        server.answer("/v1.41/images/acme/bitnet:1.0/json", 200, "{\"Id\":\"sha256:ab\"}");
        assertThat(server.connect().inspectImage("acme/bitnet:1.0").orElseThrow().path("Id").asText())
                .isEqualTo("sha256:ab");
        assertThat(server.requests()).containsExactly("GET /version", "GET /v1.41/images/acme/bitnet:1.0/json");
    }

    @Test
    void anEngineThatIsDownIsToldWithTheMend() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> FakeEngine.connect("tcp://127.0.0.1:" + port))
                .isInstanceOf(EngineException.class)
                .hasMessageMatching("No Docker engine answers at http://127.0.0.1:" + port
                        + " \\(<dockerHost> \\(docker.host\\)\\): Connection refused\\. Start it \\(for example:"
                        + " sudo systemctl start docker\\) or set docker.host or DOCKER_HOST\\.");
    }

    @Test
    void aSocketThatIsMissingIsToldWithTheMend() {
        String socket = "unix://" + directory.resolve("none.sock");
        assertThatThrownBy(() -> FakeEngine.connect(socket))
                .isInstanceOf(EngineException.class)
                .hasMessage("No Docker engine answers at " + socket + " (<dockerHost> (docker.host)): No such file or"
                        + " directory. Start it (for example: sudo systemctl start docker) or set docker.host or"
                        + " DOCKER_HOST.");
    }

    @Test
    void aHostThatIsUnknownIsTold() {
        assertThatThrownBy(() -> FakeEngine.connect("tcp://engine.invalid:2375"))
                .hasMessageStartingWith("No Docker engine answers at http://engine.invalid:2375 (<dockerHost>"
                        + " (docker.host)): unknown host engine.invalid");
    }

    @Test
    void aSocketOfSomebodyElseIsToldWithTheGroup() throws Exception {
        EngineAddress unix = EngineAddress.parse("unix:///var/run/docker.sock", null, "the default");
        assertThat(EngineFailure.of(unix, "GET /version", new IOException(new IOException("Permission denied"))))
                .hasMessage("This user may not talk to the Docker engine at unix:///var/run/docker.sock (the default):"
                        + " Permission denied. Add yourself to the group of the socket (for example: sudo usermod -aG"
                        + " docker $USER, then log in again), or use a rootless engine.");
    }

    @Test
    void plainHttpToATlsEngineIsToldWithTheMend() throws Exception {
        // What Go's server says without TLS.
        String answer = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
        try (ServerSocket engine = answeringOnce(answer)) {
            assertThatThrownBy(() -> FakeEngine.connect("tcp://127.0.0.1:" + engine.getLocalPort()))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("The Docker engine refused GET /version with HTTP status 400: Client sent an HTTP"
                            + " request to an HTTPS server. Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or"
                            + " <certPath>.");
        }
    }

    @Test
    void tlsToAPlainEngineIsTold() throws Exception {
        try (ServerSocket engine = answeringOnce("HTTP/1.0 400 Bad Request\r\n\r\n")) {
            String tls = "https://127.0.0.1:" + engine.getLocalPort();
            assertThatThrownBy(() -> FakeEngine.connect(tls))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith(
                            "TLS to the Docker engine at " + tls + " (<dockerHost> (docker.host)) failed: ")
                    .hasMessageEndingWith(". Check that DOCKER_CERT_PATH or <certPath> holds the ca.pem, cert.pem and"
                            + " key.pem of that engine, and that the host name is the one in its certificate.");
        }
    }

    @Test
    void aWebServerIsNotTakenForAnEngine() {
        server.forget("/version");
        server.answer("/version", 200, "<html>");
        assertThatThrownBy(() -> server.connect())
                .hasMessage("What answers GET /version is not a Docker engine: its answer is not JSON.");
    }

    @Test
    void aVersionThatIsNoneIsRefused() {
        server.forget("/version");
        server.answer("/version", 200, "{\"ApiVersion\":\"1/../../x\"}");
        assertThatThrownBy(() -> server.connect())
                .hasMessage("What answers at " + server.address() + " (<dockerHost> (docker.host)) is not a Docker"
                        + " engine: it names no API version. Check docker.host or DOCKER_HOST.");
    }

    @Test
    void anEngineThatFallsSilentOnAUnixSocketIsGivenUp() throws Exception {
        Path socket = directory.resolve("silent.sock");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> FakeEngine.connect("unix://" + socket))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("The Docker engine at unix://" + socket + " was silent for 1 seconds during"
                            + " GET /version. Check that it is well (docker info), then try again.");
        }
    }

    private static ServerSocket answeringOnce(String answer) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try (Socket connection = socket.accept()) {
                connection.getInputStream().read(new byte[1 << 16]);
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                connection.shutdownOutput();
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The test has ended, or the client left: what it says is asserted there.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        return socket;
    }
}
