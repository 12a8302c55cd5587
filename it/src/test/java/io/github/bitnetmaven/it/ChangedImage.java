package io.github.bitnetmaven.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An image whose layers do to each other what layers can do, built by a real engine: a mode that changes, a directory
 * that goes, one that is replaced, a link across layers, files that become directories and links. Of the 503,090 B of
 * its first layer 500,000 B are copied twice.
 */
final class ChangedImage {
    private ChangedImage() {}

    /** Builds it under that name, from a context in the directory. */
    static void build(String name, Path directory) throws IOException, InterruptedException {
        Path context = Files.createDirectories(directory);
        Tools.run(
                context, "g++", "-std=c++17", "-Os", "-static", "-s", "-o", "change",
                Path.of("src/change/change.cpp").toAbsolutePath().toString());
        try (OutputStream out = Files.newOutputStream(context.resolve("rootfs.tar"));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            file(tar, "app/big", 500_000);
            file(tar, "app/cache/deep/file", 3_000);
            file(tar, "app/data/old", 40);
            file(tar, "app/old/file", 44);
            file(tar, "bin/busybox", 6);
            hardLink(tar, "bin/cat", "bin/busybox");
            hardLink(tar, "bin/ls", "bin/busybox");
        }
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch
                ADD rootfs.tar /
                COPY change /change
                RUN ["/change", "chmod", "/app/big"]
                RUN ["/change", "remove", "/app/cache/deep", "remove", "/bin/cat"]
                ENV A=1
                RUN ["/change", "remove", "/app/data", "directory", "/app/data", "file", "/app/data/new"]
                RUN ["/change", "link", "/app/big"]
                RUN ["/change"]
                RUN ["/change", "remove", "/app/old", "file", "/app/old"]
                RUN ["/change", "remove", "/app/old", "symlink", "/app/old"]
                CMD ["/change"]
                """, StandardCharsets.UTF_8);
        Docker.buildWith(Docker.Builder.CLASSIC, context, name);
    }

    private static void file(TarArchiveOutputStream tar, String path, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(bytes);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void hardLink(TarArchiveOutputStream tar, String path, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarArchiveEntry.LF_LINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
