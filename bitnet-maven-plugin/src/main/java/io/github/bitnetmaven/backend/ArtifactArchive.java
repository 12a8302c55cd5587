package io.github.bitnetmaven.backend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks the runtime artifacts that a container collected, as the engine hands them out: a tar of one directory. */
public final class ArtifactArchive {
    private static final String ROOT = "runtime/";
    private static final String NOTE = ".stamp";
    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_BYTES = 4_000_000_000L;

    private ArtifactArchive() {}

    /** Whether the directory holds the artifacts of this key. */
    public static boolean isUnpacked(String key, Path directory) {
        try {
            return Files.readString(directory.resolve(NOTE)).equals(note(key));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Replaces the directory by what the archive holds.
     *
     * @param directory such as {@code target/bitnet/backend}; belongs to the plugin
     * @param key of the plan that the artifacts come from
     */
    public static RuntimeArtifacts unpack(InputStream archive, Path directory, String key) throws BackendException {
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".part");
        try {
            SourceFetcher.delete(unfinished);
            Files.createDirectories(unfinished);
            unpack(archive, unfinished);
            Files.writeString(unfinished.resolve(NOTE), note(key));
            SourceFetcher.delete(directory);
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
            return artifacts(directory);
        } catch (IOException e) {
            throw new BackendException(
                    "The runtime artifacts cannot be copied from the container to " + directory + ": " + e.getMessage(),
                    e);
        }
    }

    /** What the directory holds. */
    public static RuntimeArtifacts artifacts(Path directory) throws BackendException {
        List<RuntimeArtifacts.Artifact> executables = new ArrayList<>();
        List<RuntimeArtifacts.Artifact> libraries = new ArrayList<>();
        try (var files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                String path = directory.relativize(file).toString().replace('\\', '/');
                if (!path.equals(NOTE)) {
                    (path.startsWith("app/bin/") ? executables : libraries)
                            .add(new RuntimeArtifacts.Artifact(path, Files.size(file)));
                }
            }
        } catch (IOException e) {
            throw new BackendException("The runtime artifacts in " + directory + " cannot be read: " + e, e);
        }
        Comparator<RuntimeArtifacts.Artifact> byPath = Comparator.comparing(RuntimeArtifacts.Artifact::path);
        executables.sort(byPath);
        libraries.sort(byPath);
        return new RuntimeArtifacts(directory, executables, libraries);
    }

    private static void unpack(InputStream archive, Path into) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(archive);
        long bytes = 0;
        int entries = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            entries++;
            bytes += entry.getSize();
            if (entries > MAX_ENTRIES || bytes > MAX_BYTES) {
                throw new IOException("there is more than " + MAX_ENTRIES + " entries or " + MAX_BYTES + " bytes");
            }
            Path target = target(entry, into);
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
                Files.createDirectories(target.getParent());
                Files.copy(tar, target);
                makeExecutable(target, entry.getMode());
            } else {
                throw new IOException(entry.getName() + " is neither a file nor a directory");
            }
        }
    }

    private static Path target(TarArchiveEntry entry, Path into) throws IOException {
        String name = entry.getName();
        Path target = name.startsWith(ROOT) ? into.resolve(name.substring(ROOT.length())).normalize() : null;
        if (target == null || !target.startsWith(into)) {
            throw new IOException(name + " is not below " + ROOT);
        }
        return target;
    }

    private static void makeExecutable(Path file, int mode) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            boolean executable = (mode & 0100) != 0;
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static String note(String key) {
        return "container " + key + "\n";
    }
}
