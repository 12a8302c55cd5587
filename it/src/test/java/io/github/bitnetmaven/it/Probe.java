package io.github.bitnetmaven.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code src/probe/bitnet-probe.c}, compiled with this machine's compiler and run for real. */
final class Probe {
    private static final Path SOURCE =
            Path.of(System.getProperty("basedir", "")).resolve("../src/probe/bitnet-probe.c").normalize();

    private Probe() {}

    /** Compiles with the very command that the top of the source names. */
    static Path compile(Path program, String... more) throws Exception {
        String line = Files.readAllLines(SOURCE).stream()
                .filter(l -> l.startsWith(" *   cc "))
                .findFirst()
                .orElseThrow();
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

    static Result run(Path program, Map<String, String> environment, String... arguments) throws Exception {
        return result(start(program, environment, arguments));
    }

    static Process start(Path program, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("MODEL_PATH", "BITNET_PORT"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Result result(Process process) throws Exception {
        var errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        String output = read(process.getInputStream());
        assertThat(process.waitFor(60, SECONDS)).as("the program ends").isTrue();
        return new Result(process.exitValue(), output, errors.get());
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    record Result(int exitCode, String output, String errors) {
        Result withoutPort() {
            return new Result(exitCode, output, errors.replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT"));
        }
    }
}
