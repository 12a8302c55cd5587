package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.backend.SourceArchive;
import io.github.bitnetmaven.backend.SourceTree;
import io.github.bitnetmaven.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes a build context: exactly the files that the Dockerfile needs. What has not changed is not written again, so
 * that its time stays.
 */
public final class ContextWriter {
    private static final FileTime MODIFIED = FileTime.fromMillis(1000);

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> SEARCHABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private static final String DOCKER_IGNORE =
            """
            # The directory holds only what the build needs; this is for what somebody else may leave in it.
            **/.git
            **/*.gguf
            **/*.part
            """;

    private static final String MAVEN_DOCKER_IGNORE =
            """
            **/.git/**
            **/*.gguf
            **/*.part
            """;

    private ContextWriter() {}

    /** Writes or updates the context; nothing is touched when the configuration cannot be used. */
    public static BuildContext write(ContextRequest request) throws BitnetException {
        Path directory = request.directory().toAbsolutePath().normalize();
        VariantDockerfile variant = Dockerfile.variant(request.image().variant());
        String text = Dockerfile.of(request);
        byte[] dockerfile = text.getBytes(StandardCharsets.UTF_8);
        ContextFiles files = new ContextFiles();
        files.add("Dockerfile", dockerfile);
        files.add(".dockerignore", DOCKER_IGNORE.getBytes(StandardCharsets.UTF_8));
        files.add(".maven-dockerignore", MAVEN_DOCKER_IGNORE.getBytes(StandardCharsets.UTF_8));
        try {
            variant.addFiles(request, files);
            if (request.download() != null) {
                FetchSection.addTo(files);
            }
            prepare(directory);
            // First, because it marks the directory as ours.
            update(directory.resolve("Dockerfile"), dockerfile);
            for (Map.Entry<String, byte[]> file : files.written().entrySet()) {
                update(directory.resolve(file.getKey()), file.getValue());
            }
            for (Map.Entry<String, Path> file : files.copied().entrySet()) {
                update(file.getValue(), directory.resolve(file.getKey()));
            }
            List<String> expected = new ArrayList<>(files.written().keySet());
            expected.addAll(files.copied().keySet());
            SourceTree source = files.source();
            if (source != null) {
                updateArchive(source, directory.resolve(ContextFiles.ARCHIVE));
                expected.add(ContextFiles.ARCHIVE);
            }
            removeOthers(directory, expected);
            return new BuildContext(
                    directory,
                    directory.resolve("Dockerfile"),
                    Dockerfile.startsFrom(text),
                    variant.stageKeys(request),
                    key(variant.stageKeys(request), files));
        } catch (IOException e) {
            throw new ContextException("The build context " + directory + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Creates the directory, or makes sure that it is ours: everything else in it will be removed. */
    private static void prepare(Path directory) throws IOException, ContextException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            return;
        }
        boolean empty;
        try (Stream<Path> files = Files.list(directory)) {
            empty = files.findAny().isEmpty();
        }
        Path dockerfile = directory.resolve("Dockerfile");
        if (!empty
                && !(Files.isRegularFile(dockerfile)
                        && Files.readString(dockerfile, StandardCharsets.ISO_8859_1)
                                .startsWith(Dockerfile.FIRST_LINE))) {
            throw new ContextException("The directory " + directory + " holds files that this plugin did not write, and"
                    + " a build context is to be written there. Empty it.");
        }
    }

    private static void update(Path file, byte[] content) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.write(unfinished, content);
        // As they will be in the image, whatever the time and the umask.
        Files.setPosixFilePermissions(unfinished, READABLE);
        Files.setLastModifiedTime(unfinished, MODIFIED);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Copies an artifact with its mode; its time, and those of its directories, are fixed. */
    private static void update(Path artifact, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.isRegularFile(file) || Files.mismatch(artifact, file) >= 0) {
            Path unfinished = file.resolveSibling(file.getFileName() + ".part");
            Files.copy(
                    artifact, unfinished, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.setLastModifiedTime(unfinished, MODIFIED);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Packing takes a second: it is left out when the archive beside the note is of the same source. */
    private static void updateArchive(SourceTree source, Path archive) throws IOException, BitnetException {
        Path note = archive.getParent().resolveSibling(archive.getParent().getFileName() + ".source-key");
        if (Files.isRegularFile(archive) && Files.isRegularFile(note)) {
            if (Files.readString(note).equals(note(source, archive))) {
                return;
            }
        }
        SourceArchive.write(source, archive);
        Files.writeString(note, note(source, archive));
    }

    private static String note(SourceTree source, Path archive) throws IOException {
        return source.key() + " " + Files.size(archive) + " "
                + Files.getLastModifiedTime(archive).toMillis() + "\n";
    }

    private static void removeOthers(Path directory, List<String> expected) throws IOException {
        Set<Path> keep = Set.copyOf(expected.stream().map(directory::resolve).toList());
        List<Path> found;
        try (Stream<Path> files = Files.walk(directory)) {
            found = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : found) {
            boolean needed = path.equals(directory) || keep.stream().anyMatch(file -> file.startsWith(path));
            if (!needed) {
                Files.delete(path);
            } else if (Files.isDirectory(path) && !path.equals(directory)) {
                Files.setPosixFilePermissions(path, SEARCHABLE);
                Files.setLastModifiedTime(path, MODIFIED);
            }
        }
    }

    private static String key(List<String> stageKeys, ContextFiles files) throws IOException {
        MessageDigest digest = Sha256.create();
        digest.update(String.join(" ", stageKeys).getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, byte[]> file : files.written().entrySet()) {
            digest.update((file.getKey() + "\0" + file.getValue().length + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(file.getValue());
        }
        for (Map.Entry<String, Path> file : files.copied().entrySet()) {
            digest.update((file.getKey() + "\0" + Files.size(file.getValue()) + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file.getValue()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
