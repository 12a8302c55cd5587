package io.github.bitnetmaven.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code docker} command: an opinion on images that does not come from the code under test. */
public final class Docker {
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
        List<String> command = new ArrayList<>(List.of("docker"));
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
