package io.github.bitnetmaven.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.it.Probe.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles {@code src/probe/bitnet-probe.c} with this machine's compiler and runs it for real. */
class ProbeIT {
    @TempDir
    static Path programs;

    private static Path probe;

    @TempDir
    Path directory;

    private Path model;

    @BeforeAll
    static void compile() throws Exception {
        probe = Probe.compile(programs.resolve("bitnet-probe"));
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
    void refusesAPortThatIsNone() throws Exception {
        for (String port : List.of("0", "65536", "80 ", "-1", "http", "99999999999999999999")) {
            assertThat(Probe.run(probe, Map.of("BITNET_PORT", port), "health"))
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
            assertThat(Probe.run(probe, Map.of(), arguments))
                    .isEqualTo(new Result(
                            2,
                            "",
                            "bitnet-probe: Usage: bitnet-probe health, or: bitnet-probe serve PROGRAM"
                                    + " [ARGUMENT...], or: bitnet-probe run PROGRAM [ARGUMENT...]\n"));
        }
    }

    @Test
    void becomesTheServerAndPutsTheUsersArgumentsLast() throws Exception {
        assertThat(Probe.run(probe, Map.of("MODEL_PATH", model.toString()), "serve", "/bin/echo", "-c", "512", "two words"))
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
            assertThat(Probe.run(probe, Map.of("MODEL_PATH", named.toString()), "serve", "/bin/echo").output())
                    .contains(" --alias " + example[1] + " --host ");
        }
        Map<String, String> wish = Map.of("MODEL_PATH", model.toString(), "BITNET_MODEL_NAME", "two words");
        assertThat(Probe.run(probe, wish, "serve", "/bin/echo").output()).contains(" --alias two words --host ");
    }

    @Test
    void runsAServerThatReadsTheEnvironmentItself() throws Exception {
        assertThat(Probe.run(probe, Map.of("MODEL_PATH", model.toString()), "run", "/bin/echo", "-m", "server"))
                .isEqualTo(new Result(0, "-m server\n", ""));
    }

    @Test
    void looksForAServerWithoutADirectoryInThePath() throws Exception {
        Path server = script("echo found $1");
        Map<String, String> environment =
                Map.of("MODEL_PATH", model.toString(), "PATH", "/no/such:" + server + ":" + server.getParent());
        String name = String.valueOf(server.getFileName());
        assertThat(Probe.run(probe, environment, "run", name, "it")).isEqualTo(new Result(0, "found it\n", ""));
        assertThat(Probe.run(probe, environment, "run", "no-such-server"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The server no-such-server cannot be started: there is no such file, or the"
                                + " loader and libraries that it needs are not in the image.\n"));
    }

    @Test
    void leavesItsProcessIdAndEnvironmentToTheServer() throws Exception {
        Path server = script("echo $$ $BITNET_PORT $OTHER");
        Process process = Probe.start(
                probe,
                Map.of("MODEL_PATH", model.toString(), "BITNET_PORT", "8123", "OTHER", "kept"),
                "serve",
                server.toString());
        assertThat(Probe.result(process)).isEqualTo(new Result(0, process.pid() + " 8123 kept\n", ""));
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
        assertThat(Probe.result(process)).isEqualTo(new Result(128 + 15, "", ""));
    }

    @Test
    void endsWithTheServersExitCodeWhenItIsProcess1() throws Exception {
        // The orphan in the background does not keep the container alive, and is reaped when it ends first.
        assertThat(Probe.result(startAsProcess1("(true &) ; sleep 0.2; echo served; exit 7")))
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
        assertThat(Probe.run(probe, Map.of(), "serve", "/bin/echo"))
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
        assertThat(Probe.result(builder.start()))
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
        assertThat(Probe.run(probe, Map.of("MODEL_PATH", model.toString()), "serve", "/no/llama-server"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: The server /no/llama-server cannot be started: there is no such file, or the"
                                + " loader and libraries that it needs are not in the image.\n"));
    }

    /** The test itself needs a CPU with AVX2, so an executable that takes this one for an old one stands in. */
    @Test
    void refusesACpuWithoutAvx2() throws Exception {
        Path onOldCpu = Probe.compile(programs.resolve("on-old-cpu"), "-DBITNET_PROBE_TEST_LACKS=\"AVX2\"");
        assertThat(Probe.run(onOldCpu, Map.of("MODEL_PATH", model.toString()), "serve", "/bin/echo"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "bitnet-probe: This machine's CPU lacks AVX2, which BitNet's kernels need; without it they"
                                + " would answer with garbage or crash. Run this image on a newer CPU, or give the"
                                + " virtual machine the host's CPU type.\n"));
    }

    private static Result serve(String modelPath) throws Exception {
        return Probe.run(probe, Map.of("MODEL_PATH", modelPath), "serve", "/bin/echo");
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

    private Path script(String line) throws IOException {
        Path file = Files.writeString(directory.resolve("server"), "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
