package io.github.bitnetmaven.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs {@code it/python/test}: ruff and pytest of {@code src/server}, with exactly the packages that go into images. */
class PythonServerIT {
    private static final Path SCRIPT =
            Path.of(System.getProperty("basedir", "")).resolve("python/test").toAbsolutePath();

    @Test
    void itsOwnTestsPass() throws Exception {
        Process process = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        // A run that selected nothing would pass, too.
        assertThat(output).containsPattern("[1-9][0-9]+ passed");
    }
}
