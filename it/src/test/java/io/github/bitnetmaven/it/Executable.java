package io.github.bitnetmaven.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A compiled program, as binutils see it. */
public final class Executable {
    private final Path file;

    private Executable(Path file) {
        this.file = file;
    }

    /** The program of that name, wherever it lies below the directory; there must be exactly one. */
    public static Executable of(Path directory, String name) {
        try (Stream<Path> files = Files.walk(directory)) {
            var found = files.filter(file -> Files.isRegularFile(file) && file.endsWith(name)).toList();
            if (found.size() != 1 || !Files.isExecutable(found.get(0))) {
                throw new AssertionError("Below " + directory + " should be one executable " + name + ": " + found);
            }
            return new Executable(found.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It needs no library and no loader. */
    public Executable requireStatic() throws IOException, InterruptedException {
        String headers = readelf("--program-headers");
        if (headers.contains("INTERP")) {
            throw new AssertionError(file + " is not static: " + headers);
        }
        return this;
    }

    /** It carries neither symbols nor debug information. */
    public Executable requireStripped() throws IOException, InterruptedException {
        String sections = readelf("--sections");
        if (sections.contains(".symtab") || sections.contains(".debug_info")) {
            throw new AssertionError(file + " is not stripped: " + sections);
        }
        return this;
    }

    private String readelf(String option) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("readelf", "--wide", option, file.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("readelf failed on " + file + ": " + output);
        }
        return output;
    }
}
