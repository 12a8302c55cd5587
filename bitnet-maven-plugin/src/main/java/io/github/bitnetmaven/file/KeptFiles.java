package io.github.bitnetmaven.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a directory that is a cache: whatever was not used for the longest time goes first. */
public final class KeptFiles {
    private KeptFiles() {}

    /** Notes that a file was of use. */
    public static void used(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    }

    /** Removes files until there are no more than so many, with no more than so many bytes together. */
    public static void prune(Path directory, int mostFiles, long mostBytes) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()).reversed())
                    .toList();
        }
        long bytes = 0;
        for (int i = 0; i < files.size(); i++) {
            bytes += Files.size(files.get(i));
            if (i >= mostFiles || bytes > mostBytes) {
                Files.deleteIfExists(files.get(i));
            }
        }
    }
}
