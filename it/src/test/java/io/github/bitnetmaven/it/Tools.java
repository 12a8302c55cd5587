package io.github.bitnetmaven.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Commands of this machine that {@code it/tools/ensure} has installed. */
final class Tools {
    private Tools() {}

    /**
     * What a command prints, standard error included.
     *
     * @throws IllegalStateException with the output, when it fails
     */
    static String run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(List.of(command) + " failed: " + output);
        }
        return output;
    }
}
