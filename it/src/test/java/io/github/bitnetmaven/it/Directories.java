package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares directories. */
public final class Directories {
    private Directories() {}

    /** Requires the same files with the same bytes. */
    public static void requireSame(Path one, Path other) throws IOException {
        TreeMap<String, Path> files = list(one);
        assertThat(list(other).keySet()).isEqualTo(files.keySet()).isNotEmpty();
        for (var file : files.entrySet()) {
            assertThat(other.resolve(file.getKey())).hasSameBinaryContentAs(file.getValue());
        }
    }

    private static TreeMap<String, Path> list(Path directory) throws IOException {
        TreeMap<String, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> found.put(directory.relativize(file).toString(), file));
        }
        return found;
    }
}
