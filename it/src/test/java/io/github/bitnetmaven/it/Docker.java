package io.github.bitnetmaven.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code docker} command: an opinion on images that does not come from the code under test. */
public final class Docker {
    /** What builds an image from a Dockerfile. */
    public enum Builder {
        CLASSIC,
        BUILDKIT
    }

    private Docker() {}

    /**
     * What the command prints, standard error included, trimmed.
     *
     * @throws IllegalStateException with the output, when it fails
     */
    public static String run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), Path.of("."), arguments);
    }

    /** The same with further environment variables, in a directory. */
    public static String run(Map<String, String> environment, Path directory, String... arguments)
            throws IOException, InterruptedException {
        return run("docker", environment, directory, arguments);
    }

    /** The same for another program than {@code docker}. */
    static String run(
            String executable, Map<String, String> environment, Path directory, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(executable));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: " + output);
        }
        return output;
    }

    /** Builds a context with that builder, whatever the default of this machine is. */
    public static void buildWith(Builder builder, Path context, String name) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("DOCKER_BUILDKIT", builder == Builder.CLASSIC ? "0" : "1");
        try {
            run(environment, context, "build", "--quiet", "--tag", name, ".");
        } catch (IllegalStateException e) {
            // A newer client beside the distribution's: it has BuildKit only with a plugin.
            boolean lacksPlugin = builder == Builder.BUILDKIT && e.getMessage().contains("buildx");
            if (!lacksPlugin || !Files.isExecutable(Path.of("/usr/bin/docker"))) {
                throw e;
            }
            run("/usr/bin/docker", environment, context, "build", "--quiet", "--tag", name, ".");
        }
    }

    public static boolean hasImage(String reference) throws IOException, InterruptedException {
        try {
            run("image", "inspect", reference);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The id, {@code sha256:…}. */
    public static String idOf(String reference) throws IOException, InterruptedException {
        return run("image", "inspect", "--format", "{{.Id}}", reference);
    }

    /** The sum of what {@code docker history} prints: on a classic store exactly the entries of the layers. */
    public static long historyBytes(String reference) throws IOException, InterruptedException {
        return run("history", "--human=false", "--format", "{{.Size}}", reference)
                .lines()
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** Takes a name away, if it is there. */
    public static void forget(String reference) throws IOException, InterruptedException {
        if (hasImage(reference)) {
            run("image", "rm", reference);
        }
    }
}
