package io.github.bitnetmaven.backend;

import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.GitOrigin;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the source of a backend onto this machine. A revision is fetched once: it is kept, without its history, in
 * {@code CACHE/<hash of the URL>/<full id>}, and a directory of that name is always whole and checked.
 */
public final class SourceFetcher {
    private static final Duration SILENCE = Duration.ofMinutes(3);
    /** {@code ext::sh -c …} would run a command. */
    private static final Pattern REMOTE_HELPER = Pattern.compile("[A-Za-z0-9+.-]*::");

    private static final Pattern ABBREVIATED_ID = Pattern.compile("[0-9a-f]{7,63}");

    private final Path cache;
    private final Duration silence;

    /** Keeps sources in a directory of the user's choice. */
    public SourceFetcher(Path cache) {
        this(cache, SILENCE);
    }

    SourceFetcher(Path cache, Duration silence) {
        this.cache = cache;
        this.silence = silence;
    }

    /** {@code ~/.cache/bitnet/sources}. */
    public static Path defaultCache() {
        String home = System.getProperty("user.home");
        String xdg = System.getenv("XDG_CACHE_HOME");
        return (xdg == null || xdg.isBlank() ? Path.of(home, ".cache") : Path.of(xdg)).resolve("bitnet/sources");
    }

    /** The source tree of an origin; fetched from git if it is not here yet. */
    public SourceTree fetch(BackendSettings.Origin origin, Progress progress) throws BackendException {
        if (origin instanceof DirectoryOrigin directory) {
            Path root = directory.directory().toAbsolutePath().normalize();
            return SourceTree.of(root, "the directory " + root, "");
        }
        return fetch((GitOrigin) origin, progress);
    }

    private SourceTree fetch(GitOrigin origin, Progress progress) throws BackendException {
        String url = origin.url();
        String revision = origin.revision();
        if (url.startsWith("-") || REMOTE_HELPER.matcher(url).lookingAt() || url.isBlank()) {
            throw new BackendException("<backend><git> (-Dbitnet.backend.git) is '" + GitCheckout.shown(url)
                    + "', which is not the URL of a git repository.");
        }
        if (revision.startsWith("-") || revision.isBlank()) {
            throw new BackendException("<backend><revision> (-Dbitnet.backend.revision) is '" + revision
                    + "', which is not a git revision: use the id of a commit, a tag or a branch.");
        }
        byte[] hash = Sha256.create().digest(url.getBytes(StandardCharsets.UTF_8));
        Path repository = cache.toAbsolutePath().resolve(HexFormat.of().formatHex(hash, 0, 8));
        try {
            Files.createDirectories(repository);
            try (FileChannel channel = FileChannel.open(
                    repository.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel, progress);
                Path directory = locked(origin, repository, progress);
                String id = directory.getFileName().toString();
                return SourceTree.of(directory, GitCheckout.shown(url) + " at " + id, id);
            }
        } catch (IOException e) {
            throw new BackendException("The source cache " + repository + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Waits for whoever else is fetching, in this process or another. Closing the channel lets the next one in. */
    private static void lock(FileChannel channel, Progress progress) throws IOException, BackendException {
        boolean told = false;
        while (true) {
            try {
                if (channel.tryLock() != null) {
                    return;
                }
            } catch (OverlappingFileLockException e) {
                // Another thread of this process has it.
            }
            if (!told) {
                progress.line("Waiting for another build that fetches the same source.");
                told = true;
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BackendException("Waiting for another build that fetches the same source was interrupted.", e);
            }
        }
    }

    private Path locked(GitOrigin origin, Path repository, Progress progress) throws IOException, BackendException {
        String revision = origin.revision();
        Path known = cached(repository, revision);
        if (known != null) {
            return known;
        }
        if (CommandLine.find("git", System.getenv("PATH")) == null) {
            throw new BackendException("git is not on the PATH, and the backend's source is to be fetched with it. Install"
                    + " the package git, or set <backend><directory> (-Dbitnet.backend.directory) to a source tree.");
        }
        Path work = Files.createTempDirectory(repository, ".fetching-");
        try {
            GitCheckout checkout = new GitCheckout(origin.url(), work, silence, progress);
            String wanted = revision;
            if (!GitCheckout.FULL_ID.matcher(revision).matches()) {
                String resolved = checkout.resolve(revision);
                wanted = resolved.isEmpty() ? revision : resolved;
                known = cached(repository, wanted);
                if (known != null) {
                    return known;
                }
                if (resolved.isEmpty() && !ABBREVIATED_ID.matcher(revision).matches()) {
                    throw new BackendException(GitCheckout.shown(origin.url()) + " has no branch or tag " + revision
                            + ". Set <backend><revision> (-Dbitnet.backend.revision) to one that it has, or to the id"
                            + " of a commit.");
                }
            }
            String id = checkout.fetch(wanted);
            // The history is not needed any more: this is a copy to read, not to work in.
            deleteHistory(work);
            SourceTree.of(work, GitCheckout.shown(origin.url()) + " at " + id, id);
            Path target = repository.resolve(id);
            if (!Files.isDirectory(target)) {
                Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return target;
        } finally {
            delete(work);
        }
    }

    /** The directory of a full id, or of the only one that begins so; null when there is none. */
    private static @Nullable Path cached(Path repository, String revision) throws IOException {
        if (GitCheckout.FULL_ID.matcher(revision).matches()) {
            Path directory = repository.resolve(revision);
            return Files.isDirectory(directory) ? directory : null;
        }
        if (!ABBREVIATED_ID.matcher(revision).matches()) {
            return null;
        }
        try (Stream<Path> directories = Files.list(repository)) {
            List<Path> fitting = directories
                    .filter(directory -> directory.getFileName().toString().startsWith(revision))
                    .toList();
            return fitting.size() == 1 ? fitting.get(0) : null;
        }
    }

    private static void deleteHistory(Path root) throws IOException {
        List<Path> histories;
        try (Stream<Path> paths = Files.find(root, 12, (path, attributes) -> path.endsWith(".git"))) {
            histories = paths.toList();
        }
        for (Path history : histories) {
            delete(history);
        }
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
