package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an engine may answer, spoken by a small HTTP server. What a real one does is tested in it/. */
@Timeout(30)
class DockerEngineTest {
    private static final EngineTimeouts SHORT =
            new EngineTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));

    @TempDir
    Path directory;

    private HttpServer server;
    private String address;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        answer("/version", 200, "{\"ApiVersion\":\"1.41\"}");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void theVersionThatTheEngineNamesIsUsed() throws Exception {
        answer("/v1.41/images/acme/bitnet:1.0/json", 200, "{\"Id\":\"sha256:ab\"}");
        assertThat(engine().inspectImage("acme/bitnet:1.0").orElseThrow().path("Id").asText())
                .isEqualTo("sha256:ab");
        assertThat(requests).containsExactly("GET /version", "GET /v1.41/images/acme/bitnet:1.0/json");
    }

    @Test
    void oneTagIsPulledAndWhatTheEngineSaysIsHandedOn() throws Exception {
        answer(
                "/v1.41/images/create",
                200,
                "{\"status\":\"Pulling from library/python\"}\n"
                        + "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1}}\n"
                        + "{\"status\":\"Digest: sha256:ab\"}\n");
        List<String> lines = new ArrayList<>();
        engine().pull("registry:5000/python", lines::add);
        assertThat(lines).containsExactly("Pulling from library/python", "Digest: sha256:ab");
        assertThat(requests).last().isEqualTo("POST /v1.41/images/create?fromImage=registry:5000/python:latest");
    }

    @Test
    void aPullThatFailsOnTheWayIsAnError() throws Exception {
        answer("/v1.41/images/create", 200, "{\"status\":\"Pulling\"}\n{\"error\":\"unauthorized\"}\n");
        assertThatThrownBy(() -> engine().pull("acme/python:3.11", line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessage("The pull of acme/python:3.11 failed: unauthorized");
    }

    @Test
    void anEngineThatIsDownIsToldWithTheMend() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> connect("tcp://127.0.0.1:" + port))
                .isInstanceOf(EngineException.class)
                .hasMessageMatching("No Docker engine answers at http://127.0.0.1:" + port
                        + " \\(<dockerHost> \\(docker.host\\)\\): Connection refused\\. Start it \\(for example:"
                        + " sudo systemctl start docker\\) or set docker.host or DOCKER_HOST\\.");
    }

    @Test
    void aSocketThatIsMissingIsToldWithTheMend() {
        String socket = "unix://" + directory.resolve("none.sock");
        assertThatThrownBy(() -> connect(socket))
                .isInstanceOf(EngineException.class)
                .hasMessage("No Docker engine answers at " + socket + " (<dockerHost> (docker.host)): No such file or"
                        + " directory. Start it (for example: sudo systemctl start docker) or set docker.host or"
                        + " DOCKER_HOST.");
    }

    @Test
    void aHostThatIsUnknownIsTold() {
        assertThatThrownBy(() -> connect("tcp://engine.invalid:2375"))
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
            assertThatThrownBy(() -> connect("tcp://127.0.0.1:" + engine.getLocalPort()))
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
            assertThatThrownBy(() -> connect(tls))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith(
                            "TLS to the Docker engine at " + tls + " (<dockerHost> (docker.host)) failed: ")
                    .hasMessageEndingWith(". Check that DOCKER_CERT_PATH or <certPath> holds the ca.pem, cert.pem and"
                            + " key.pem of that engine, and that the host name is the one in its certificate.");
        }
    }

    @Test
    void aWebServerIsNotTakenForAnEngine() {
        server.removeContext("/version");
        answer("/version", 200, "<html>");
        assertThatThrownBy(() -> connect(address))
                .hasMessage("What answers GET /version is not a Docker engine: its answer is not JSON.");
    }

    @Test
    void aVersionThatIsNoneIsRefused() {
        server.removeContext("/version");
        answer("/version", 200, "{\"ApiVersion\":\"1/../../x\"}");
        assertThatThrownBy(() -> connect(address))
                .hasMessage("What answers at " + address + " (<dockerHost> (docker.host)) is not a Docker engine: it"
                        + " names no API version. Check docker.host or DOCKER_HOST.");
    }

    @Test
    void theEnginesOwnMessageIsShownOnOneLine() throws Exception {
        answer("/v1.41/images/x/history", 500, "{\"message\":\"disk \\u001b[31mfull\\nvery.\"}");
        DockerEngine engine = engine();
        assertThatThrownBy(() -> engine.history("x"))
                .hasMessage("The Docker engine refused GET /v1.41/images/x/history with HTTP status 500: disk full"
                        + " very.");
    }

    @Test
    void aMissingImageIsTold() throws Exception {
        DockerEngine engine = engine();
        String expected = "There is no image gone:1 on the Docker engine at " + address + ". Build or pull it first.";
        assertThat(engine.inspectImage("gone:1")).isEmpty();
        assertThatThrownBy(() -> engine.history("gone:1")).hasMessage(expected);
        assertThatThrownBy(() -> engine.saveImage("gone:1")).hasMessage(expected);
        assertThatThrownBy(() -> engine.tag("gone:1", "other:1")).hasMessage(expected);
    }

    @Test
    void aNameThatWouldLeaveItsPlaceInThePathIsRefused() throws Exception {
        DockerEngine engine = engine();
        for (String name : List.of("../containers", "a/../b", "a?b", "a#b", "a%2e", "a b", "", "a\nb", "a//b")) {
            assertThatThrownBy(() -> engine.inspectImage(name))
                    .as(name)
                    .isInstanceOf(EngineException.class)
                    .hasMessageEndingWith("' is not the name or the id of an image. Write it like acme/bitnet:1.0.");
        }
        assertThatThrownBy(() -> engine.inspectContainer("../images/x"))
                .hasMessage("'../images/x' is not the name or the id of a container.");
        assertThat(requests).containsExactly("GET /version");
    }

    @Test
    void aSavedImageThatIsCutOffIsAnErrorNotAnEnd() throws Exception {
        server.createContext("/v1.41/images/x/get", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        try (InputStream saved = engine().saveImage("x")) {
            assertThatThrownBy(saved::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("The connection to the Docker engine at " + address
                            + " (<dockerHost> (docker.host)) broke during GET /v1.41/images/x/get: ");
        }
    }

    @Test
    void anEngineThatFallsSilentOverTcpIsGivenUp() throws Exception {
        server.createContext("/v1.41/images/x/history", exchange -> sleep());
        DockerEngine engine = engine();
        assertThatThrownBy(() -> engine.history("x"))
                .hasMessage("The Docker engine at " + address + " was silent for 1 seconds during"
                        + " GET /v1.41/images/x/history. Check that it is well (docker info), then try again.");
    }

    @Test
    void anEngineThatFallsSilentInTheMiddleIsGivenUp() throws Exception {
        server.createContext("/v1.41/images/x/get", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
            sleep();
        });
        try (InputStream saved = engine().saveImage("x")) {
            assertThatThrownBy(saved::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was silent for 1 seconds during GET /v1.41/images/x/get");
        }
    }

    @Test
    void anEngineThatFallsSilentOnAUnixSocketIsGivenUp() throws Exception {
        Path socket = directory.resolve("silent.sock");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> connect("unix://" + socket))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("The Docker engine at unix://" + socket + " was silent for 1 seconds during"
                            + " GET /version. Check that it is well (docker info), then try again.");
        }
    }

    @Test
    void closingAStreamThatWasNotReadToItsEndDoesNotReadIt() throws Exception {
        server.createContext("/v1.41/images/x/get", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            byte[] block = new byte[1 << 16];
            while (true) {
                body.write(block);
            }
        });
        InputStream saved = engine().saveImage("x");
        assertThat(saved.read()).isZero();
        saved.close();
    }

    @Test
    void aFailedBuildShowsItsLastLines() throws Exception {
        answerBuild("{\"stream\":\"Step 1/2 : FROM scratch\\n\"}\n{\"stream\":\" ---\\u003e \"}\n"
                + "{\"stream\":\"ab\\n\"}\n{\"errorDetail\":{\"message\":\"no space\"},\"error\":\"no space\"}\n");
        List<String> lines = new ArrayList<>();
        DockerEngine engine = engine();
        assertThatThrownBy(() -> engine.build("x:1", "Dockerfile", out -> {}, lines::add))
                .isInstanceOf(EngineException.class)
                .hasMessage("The build of x:1 failed: no space\n    Step 1/2 : FROM scratch\n    ---> ab");
        assertThat(lines).containsExactly("Step 1/2 : FROM scratch", "---> ab");
    }

    @Test
    void aBuildAnswersWithTheIdAndSendsTheWholeContext() throws Exception {
        long[] received = new long[1];
        server.createContext("/v1.41/build", exchange -> {
            received[0] = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            requests.add(exchange.getRequestURI().getQuery());
            byte[] body = "{\"aux\":{\"ID\":\"sha256:cd\"}}\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        byte[] block = new byte[1 << 20];
        String id = engine()
                .build(
                        "acme/x:1",
                        "Docker file",
                        out -> {
                            for (int i = 0; i < 50; i++) {
                                out.write(block);
                            }
                        },
                        line -> {});
        assertThat(id).isEqualTo("sha256:cd");
        assertThat(received[0]).isEqualTo(50L << 20);
        assertThat(requests).contains("t=acme/x:1&dockerfile=Docker+file&rm=1&forcerm=1");
    }

    @Test
    void aContextThatCannotBeWrittenNeverLooksLikeAShortOne() throws Exception {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        server.createContext("/v1.41/build", exchange -> {
            seen.complete(catchThrowable(() -> {
                byte[] received = exchange.getRequestBody().readAllBytes();
                // This server takes a connection that ends within a chunk for the end of the body; engines do not.
                if (received.length < 1 << 20) {
                    throw new IOException("cut off");
                }
            }));
            exchange.close();
        });
        DockerEngine engine = engine();
        assertThatThrownBy(() -> engine.build(
                        "x:1",
                        "Dockerfile",
                        out -> {
                            out.write(new byte[1 << 20]);
                            throw new IOException("model.gguf vanished");
                        },
                        line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessage("The build context of x:1 could not be written: model.gguf vanished");
        assertThat(seen.get()).isInstanceOf(IOException.class);
    }

    @Test
    void theLastTagOfAnImageIsNotTakenAway() throws Exception {
        answer("/v1.41/images/x:1/json", 200, "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"x:1\"]}");
        DockerEngine engine = engine();
        assertThatThrownBy(() -> engine.untag("x:1"))
                .hasMessage("The tag x:1 stays: it is the last one of its image, which would be deleted with it.");
        assertThat(requests).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void anImageThatVanishedWithItsTagIsTold() throws Exception {
        answer("/v1.41/images/x:1/json", 200, "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"x:1\",\"y:1\"]}");
        answer("/v1.41/images/x:1", 200, "[{\"Untagged\":\"x:1\"},{\"Deleted\":\"sha256:ab\"}]");
        DockerEngine engine = engine();
        assertThatThrownBy(() -> engine.untag("x:1"))
                .hasMessage("The image of x:1 is gone: its other tags were taken away while this one was. Build it"
                        + " again.");
    }

    @Test
    void anIdIsNotTakenForATag() throws Exception {
        answer("/v1.41/images/abcdef/json", 200, "{\"Id\":\"sha256:abcdef\",\"RepoTags\":[\"x:1\",\"y:1\"]}");
        DockerEngine engine = engine();
        assertThatThrownBy(() -> engine.untag("abcdef"))
                .hasMessage("'abcdef' is an id or a digest, not a tag, and cannot be taken away.");
        assertThatThrownBy(() -> engine.removeImage("abcdef"))
                .hasMessage("'abcdef' is an id or a digest, not a tag, and cannot be taken away.");
        assertThat(requests).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void aTagIsFoundUnderThePodmanSpelling() throws Exception {
        answer(
                "/v1.41/images/x/json",
                200,
                "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"localhost/x:latest\",\"localhost/y:1\"]}");
        answer("/v1.41/images/x", 200, "[{\"Untagged\":\"localhost/x:latest\"}]");
        engine().untag("x");
        assertThat(requests).last().isEqualTo("DELETE /v1.41/images/x?force=false&noprune=true");
    }

    @Test
    void anImageWithATagIsNotDangling() throws Exception {
        answer("/v1.41/images/sha256:ab/json", 200, "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"x:1\"]}");
        assertThat(engine().removeDangling("sha256:ab")).isFalse();
        assertThat(requests).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void theLogIsTakenApart() throws Exception {
        answer("/v1.41/containers/c/json", 200, "{\"Config\":{\"Tty\":false}}");
        server.createContext("/v1.41/containers/c/logs", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            frame(body, 1, "first li");
            frame(body, 2, "error\r\n");
            frame(body, 1, "ne\nlast without an end");
            exchange.close();
        });
        List<String> lines = new ArrayList<>();
        engine().followLogs("c", lines::add);
        assertThat(lines).containsExactly("error", "first line", "last without an end");
    }

    @Test
    void theLogOfATerminalIsRaw() throws Exception {
        answer("/v1.41/containers/c/json", 200, "{\"Config\":{\"Tty\":true}}");
        answer("/v1.41/containers/c/logs", 200, "one\r\ntwo");
        List<String> lines = new ArrayList<>();
        engine().followLogs("c", lines::add);
        assertThat(lines).containsExactly("one", "two");
    }

    private DockerEngine engine() throws EngineException {
        return connect(address);
    }

    private DockerEngine connect(String to) throws EngineException {
        EngineAddress.Host host = new EngineAddress.Host(Map.of(), directory, directory, false);
        return DockerEngine.connect(EngineAddress.resolve(to, null, host), SHORT);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            boolean exact = exchange.getRequestURI().getPath().equals(path);
            byte[] bytes = (exact ? body : "{\"message\":\"no such thing\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exact ? status : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private void answerBuild(String body) {
        answer("/v1.41/build", 200, body);
    }

    private static void frame(OutputStream out, int stream, String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        out.write(new byte[] {(byte) stream, 0, 0, 0, 0, 0, 0, (byte) bytes.length});
        out.write(bytes);
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

    private static void sleep() {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
