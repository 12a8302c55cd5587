package io.github.bitnetmaven.model;

import io.github.bitnetmaven.file.AtomicFile;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * SHA-256 digests of large files, remembered by path, size, time of change and file key: a model of a gigabyte is not
 * read at every build.
 */
final class FileDigests {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path directory;

    /** @param directory where the digests are remembered, a small file each */
    FileDigests(Path directory) {
        this.directory = directory;
    }

    /** The file's digest in 64 lower-case hexadecimal digits: a remembered one if the file is the same as then. */
    String sha256(Path file, Progress progress) throws IOException {
        Path real = file.toRealPath();
        String state = state(real);
        String remembered = remembered(memory(real), state);
        if (!remembered.isEmpty()) {
            return remembered;
        }
        String digest = read(real, progress);
        // A file that was changed while it was read is read again next time.
        if (state(real).equals(state)) {
            remember(real, state, digest);
        }
        return digest;
    }

    /** Remembers a digest that was computed elsewhere, of the file as it is now. */
    void remember(Path file, String digest) throws IOException {
        Path real = file.toRealPath();
        remember(real, state(real), digest);
    }

    private void remember(Path real, String state, String digest) throws IOException {
        AtomicFile.write(
                memory(real), out -> out.write((state + " " + digest + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** The file's digest, computed. */
    static String read(Path file, Progress progress) throws IOException {
        MessageDigest digest = Sha256.create();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file);
                Progress.Task task =
                        progress.start("Verifying " + file.getFileName(), Files.size(file), Progress.Unit.BYTES)) {
            long done = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                done += n;
                task.at(done);
            }
        }
        return hex(digest.digest());
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private Path memory(Path real) {
        return directory.resolve(hex(Sha256.create().digest(real.toString().getBytes(StandardCharsets.UTF_8))));
    }

    private static String state(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        FileTime changed = attributes.lastModifiedTime();
        return attributes.size() + " " + changed.to(TimeUnit.NANOSECONDS) + " " + attributes.fileKey();
    }

    private static String remembered(Path memory, String state) {
        try {
            String line = Files.readString(memory).strip();
            String digest = line.startsWith(state + " ") ? line.substring(state.length() + 1) : "";
            return SHA256.matcher(digest).matches() ? digest : "";
        } catch (IOException e) {
            return ""; // Not remembered, or not readable: it is computed anew.
        }
    }
}
