package io.github.bitnetmaven.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles {@code src/probe/bitnet-probe.c} with this machine's compiler and runs it for real. */
class ProbeIT {
    private static final Path SOURCE =
            Path.of(System.getProperty("basedir", "")).resolve("../src/probe/bitnet-probe.c").normalize();
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    static Path programs;

    private static Path probe;

    @TempDir
    Path directory;

    private Path model;

    @BeforeAll
    static void compile() throws Exception {
        probe = compile("bitnet-probe");
    }

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.writeString(directory.resolve("model.gguf"), "GGUF and the rest");
    }

    @Test
    void isSmall() throws Exception {
        assertThat(Files.size(probe)).isLessThan(10_000);
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

    @Test
    void refusesAPortThatIsNone() throws Exception {
        for (String port : List.of("0", "65536", "80 ", "-1", "http", "99999999999999999999")) {
            assertThat(run(probe, Map.of("BITNET_PORT", port), "health"))
                    .isEqualTo(new Result(
                            1,
                            "",
                            "bitnet-probe: BITNET_PORT is \"" + port
                                    + "\"; it has to be a TCP port, a number from 1 to 65535.\n"));
        }
    }

    @Test
    void saysHowItIsUsed() throws Exception {
        for (String[] arguments : new String[][] {{}, {"serve"}, {"run"}, {"health", "now"}, {"other"}}) {
            assertThat(run(probe, Map.of(), arguments))
                    .isEqualTo(new Result(
                            2,
                            "",
                            "bitnet-probe: Usage: bitnet-probe health, or: bitnet-probe serve PROGRAM"
                                    + " [ARGUMENT...], or: bitnet-probe run PROGRAM [ARGUMENT...]\n"));
        }
    }

    @Test
    void becomesTheServerAndPutsTheUsersArgumentsLast() throws Exception {
        assertThat(run(probe, Map.of("MODEL_PATH", model.toString()), "serve", "/bin/echo", "-c", "512", "two words"))
                .isEqualTo(new Result(
                        0,
                        "--model " + model + " --alias model --host 0.0.0.0 --port 8001 --metrics -c 512 two words\n",
                        ""));
    }

    @Test
    void namesTheModelAfterItsFileOrAsIsWished() throws Exception {
        for (String[] example : new String[][] {
            {"ggml-model-i2_s.gguf", "ggml-model-i2_s"}, {"b1.58.gguf", "b1.58"}, {".gguf", ".gguf"}, {"plain", "plain"}
        }) {
            Path named = Files.writeString(directory.resolve(example[0]), "GGUF and the rest");
            assertThat(run(probe, Map.of("MODEL_PATH", named.toString()), "serve", "/bin/echo").output())
                    .contains(" --alias " + example[1] + " --host ");
        }
        Map<String, String> wish = Map.of("MODEL_PATH", model.toString(), "BITNET_MODEL_NAME", "two words");
        assertThat(run(probe, wish, "serve", "/bin/echo").output()).contains(" --alias two words --host ");
    }

    @Test
    void runsAServerThatReadsTheEnvironmentItself() throws Exception {
        assertThat(run(probe, Map.of("MODEL_PATH", model.toString()), "run", "/bin/echo", "-m", "server"))
                .isEqualTo(new Result(0, "-m server\n", ""));
    }

    @Test
    void looksForAServerWithoutADirectoryInThePath() throws Exception {
        Path server = script("echo found $1");
        Map<String, String> environment =
                Map.of("MODEL_PATH", model.toString(), "PATH", "/no/such:" + server + ":" + server.getParent());
        String name = String.valueOf(server.getFileName());
        assertThat(run(probe, environment, "run", name, "it")).isEqualTo(new Result(0, "found it\n", ""));
        assertThat(run(probe, environment, "run", "no-such-server"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The server no-such-server cannot be started: there is no such file, or the"
                                + " loader and libraries that it needs are not in the image.\n"));
    }

    @Test
    void leavesItsProcessIdAndEnvironmentToTheServer() throws Exception {
        Path server = script("echo $$ $BITNET_PORT $OTHER");
        Process process = start(
                probe,
                Map.of("MODEL_PATH", model.toString(), "BITNET_PORT", "8123", "OTHER", "kept"),
                "serve",
                server.toString());
        assertThat(result(process)).isEqualTo(new Result(0, process.pid() + " 8123 kept\n", ""));
    }

    /** llama-server of BitNet's pin installs no handler, and the kernel spares a process 1 without one. */
    @Test
    void handsSignalsOnWhenItIsProcess1() throws Exception {
        Path ready = directory.resolve("ready");
        Process process = startAsProcess1("echo $$ > " + ready + "; exec sleep 30");
        awaitContent(ready, "2\n");
        process.descendants()
                .filter(p -> p.info().command().orElse("").equals(probe.toString()))
                .forEach(ProcessHandle::destroy);
        assertThat(result(process)).isEqualTo(new Result(128 + 15, "", ""));
    }

    @Test
    void endsWithTheServersExitCodeWhenItIsProcess1() throws Exception {
        // The orphan in the background does not keep the container alive, and is reaped when it ends first.
        assertThat(result(startAsProcess1("(true &) ; sleep 0.2; echo served; exit 7")))
                .isEqualTo(new Result(7, "served\n", ""));
    }

    @Test
    void saysWhatToMountWhenThereIsNoModel() throws Exception {
        assertThat(serve("/app/models/no-such.gguf"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: There is no model at /app/models/no-such.gguf.\n"
                                + "bitnet-probe: Mount the directory that holds the model, as in: docker run -v"
                                + " /path/to/models:/app/models:ro ..., or set MODEL_PATH to the model's path in the"
                                + " container.\n"));
    }

    @Test
    void refusesAModelPathThatIsMissingOrRelative() throws Exception {
        String mend = ". It has to name the GGUF file in the container, such as"
                + " /app/models/ggml-model-i2_s.gguf.\n";
        assertThat(run(probe, Map.of(), "serve", "/bin/echo"))
                .isEqualTo(new Result(1, "", "bitnet-probe: MODEL_PATH is not set" + mend));
        assertThat(serve("model.gguf"))
                .isEqualTo(new Result(1, "", "bitnet-probe: MODEL_PATH is not an absolute path" + mend));
    }

    @Test
    void refusesAModelThatItMayNotRead() throws Exception {
        Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("---------"));
        // Root may read everything: setpriv (util-linux) gives its rights away.
        boolean root = "root".equals(System.getProperty("user.name"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("setpriv", "--reuid=65532", "--regid=65532", "--clear-groups"));
        }
        command.addAll(List.of(probe.toString(), "serve", "/bin/echo"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MODEL_PATH", model.toString());
        String user = root ? "65532" : Files.getAttribute(directory, "unix:uid").toString();
        assertThat(result(builder.start()))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The model at " + model + " cannot be read by user id " + user
                                + ": permission denied. Make the file readable for everybody (chmod a+r) and its"
                                + " directories searchable (chmod a+x).\n"));
    }

    @Test
    void refusesADirectory() throws Exception {
        assertThat(serve(directory.toString()))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The model path " + directory + " is a directory. Set MODEL_PATH to the GGUF file"
                                + " in it; if nothing was there before, docker made the directory for a mount whose"
                                + " source does not exist.\n"));
    }

    @Test
    void refusesAnEmptyModel() throws Exception {
        Files.writeString(model, "");
        assertThat(serve(model.toString()))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The model at " + model + " is empty. Its download or copy was not finished:"
                                + " fetch it again.\n"));
    }

    @Test
    void refusesAFileThatIsNotAGguf() throws Exception {
        for (String content : List.of("GGU", "GGML and so on", "<html>404</html>")) {
            Files.writeString(model, content);
            assertThat(serve(model.toString()))
                    .isEqualTo(new Result(
                            1,
                            "",
                            "bitnet-probe: The model at " + model
                                    + " is not a GGUF file: it does not begin with the letters GGUF.\n"));
        }
    }

    @Test
    void saysWhenTheServerCannotBeStarted() throws Exception {
        assertThat(run(probe, Map.of("MODEL_PATH", model.toString()), "serve", "/no/llama-server"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The server /no/llama-server cannot be started: there is no such file, or the"
                                + " loader and libraries that it needs are not in the image.\n"));
    }

    /** The test itself needs a CPU with AVX2, so an executable that takes this one for an old one stands in. */
    @Test
    void refusesACpuWithoutAvx2() throws Exception {
        Path onOldCpu = compile("on-old-cpu", "-DBITNET_PROBE_TEST_LACKS=\"AVX2\"");
        assertThat(run(onOldCpu, Map.of("MODEL_PATH", model.toString()), "serve", "/bin/echo"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: This machine's CPU lacks AVX2, which BitNet's kernels need; without it they"
                                + " would answer with garbage or crash. Run this image on a newer CPU, or give the"
                                + " virtual machine the host's CPU type.\n"));
    }

    private static Result tooLate() {
        return new Result(
                1, "", "bitnet-probe: The server at 127.0.0.1:PORT did not answer GET /health within 5 seconds.\n");
    }

    /** Compiles with the very command that the top of the source names. */
    private static Path compile(String name, String... more) throws Exception {
        String line = Files.readAllLines(SOURCE).stream()
                .filter(l -> l.startsWith(" *   cc "))
                .findFirst()
                .orElseThrow();
        Path program = programs.resolve(name);
        List<String> command = new ArrayList<>(List.of(line.substring(" *   ".length()).split(" ")));
        command.replaceAll(word -> switch (word) {
            case "bitnet-probe" -> program.toString();
            case "bitnet-probe.c" -> SOURCE.toString();
            default -> word;
        });
        command.addAll(List.of(more));
        assertThat(result(new ProcessBuilder(command).start())).isEqualTo(new Result(0, "", ""));
        return program;
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
        return run(probe, Map.of("BITNET_PORT", String.valueOf(port)), "health");
    }

    private static Result serve(String modelPath) throws Exception {
        return run(probe, Map.of("MODEL_PATH", modelPath), "serve", "/bin/echo");
    }

    private static Result run(Path program, Map<String, String> environment, String... arguments) throws Exception {
        return result(start(program, environment, arguments));
    }

    private static Process start(Path program, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("MODEL_PATH", "BITNET_PORT"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Result result(Process process) throws Exception {
        var errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        String output = read(process.getInputStream());
        assertThat(process.waitFor(60, SECONDS)).as("the program ends").isTrue();
        return new Result(process.exitValue(), output, errors.get());
    }

    /** In a process namespace of its own, as in a container; unshare is part of util-linux. */
    private Process startAsProcess1(String line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "unshare",
                "--user",
                "--map-root-user",
                "--pid",
                "--fork",
                probe.toString(),
                "serve",
                script(line).toString());
        builder.environment().put("MODEL_PATH", model.toString());
        return builder.start();
    }

    private static void awaitContent(Path file, String content) throws Exception {
        long end = System.nanoTime() + SECONDS.toNanos(30);
        while (System.nanoTime() < end && !(Files.exists(file) && Files.readString(file).equals(content))) {
            Thread.sleep(20);
        }
        assertThat(file).hasContent(content);
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path script(String line) throws IOException {
        Path file = Files.writeString(directory.resolve("server"), "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private record Result(int exitCode, String output, String errors) {
        Result withoutPort() {
            return new Result(exitCode, output, errors.replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT"));
        }
    }
}
