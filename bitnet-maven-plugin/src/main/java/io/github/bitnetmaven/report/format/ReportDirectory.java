package io.github.bitnetmaven.report.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/** Where the files of an audit are written. Each is there whole or not at all. */
public record ReportDirectory(Path directory) {
    /** What is in a file. */
    public interface Content {
        /** Writes it; the stream is buffered, and closed by the caller. */
        void write(OutputStream out) throws IOException;
    }

    public Path resolve(String name) {
        return directory.resolve(name);
    }

    /** Removes what an earlier audit left, so that it is not taken for this one's. */
    public void remove(List<String> names) throws ReportException {
        for (String name : names) {
            try {
                Files.deleteIfExists(directory.resolve(name));
            } catch (IOException e) {
                throw new ReportException(
                        "Cannot remove the report of an earlier audit, " + directory.resolve(name) + ": " + reason(e)
                                + ". Remove it by hand or set another directory with -Dbitnet.reportDirectory.",
                        e);
            }
        }
    }

    /** Writes a file, in the place of one that is there. */
    public Path write(String name, Content content) throws ReportException {
        Path file = directory.resolve(name);
        try {
            Files.createDirectories(directory);
            // Not createTempFile, whose files nobody but their owner may read: reports are for others.
            Path temporary = directory.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
            try {
                try (OutputStream out = new BufferedOutputStream(
                        Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                    content.write(out);
                }
                Files.move(
                        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            return file;
        } catch (IOException e) {
            throw new ReportException(
                    "Cannot write " + file + ": " + reason(e)
                            + ". Set a directory that can be written with -Dbitnet.reportDirectory.",
                    e);
        }
    }

    /** File system exceptions often have nothing but the path as their message. */
    static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    }
}
