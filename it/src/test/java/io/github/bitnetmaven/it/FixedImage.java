package io.github.bitnetmaven.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An image that nobody of ours built, of sizes known beforehand: four layers with 300,000 B in
 * {@code /app/bin/llama-server}, 100,000 B in {@code /usr/lib/libexample.so}, 2,000,000 B in
 * {@code /app/models/model.gguf}, and 50,000 B that replace the library: 2,450,000 B, of which 2,350,000 B are visible.
 */
public final class FixedImage {
    private FixedImage() {}

    /** Builds it under that name, from a context below the directory. */
    public static void build(String name, Path directory) throws IOException, InterruptedException {
        build(name, directory, "");
    }

    /** The same with further instructions at the end, such as a label. */
    public static void build(String name, Path directory, String instructions)
            throws IOException, InterruptedException {
        Path context = Files.createDirectories(directory.resolve("fixed-image"));
        Files.write(context.resolve("server"), new byte[300_000]);
        Files.write(context.resolve("library"), new byte[100_000]);
        Files.write(context.resolve("model"), new byte[2_000_000]);
        Files.write(context.resolve("replacement"), new byte[50_000]);
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch
                COPY server /app/bin/llama-server
                COPY library /usr/lib/libexample.so
                COPY model /app/models/model.gguf
                COPY replacement /usr/lib/libexample.so
                """ + instructions + "\n");
        Docker.run(Map.of(), context, "build", "--quiet", "--tag", name, ".");
    }
}
