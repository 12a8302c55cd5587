package io.github.bitnetmaven.model;

import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Downloaded models on this machine, each in a directory named by its digest. What is there was verified; builds at the
 * same time, also of other processes, download a model once.
 */
public final class ModelStore {
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long LOCK_POLL_MS = 200;

    private final Path directory;
    private final FileDigests digests;
    private final HubAccess hub;
    private final EnvironmentProxies proxies;
    private final @Nullable SSLContext tls;
    private final Duration stall;
    private final Duration pause;

    /** A store that trusts Java's own certificates. */
    public ModelStore(Path cache, Map<String, String> environment) throws ModelException {
        this(cache, environment, null);
    }

    /**
     * @param cache where this plugin keeps what it can make or fetch again; the store is {@code models} in it
     * @param environment of the process: {@code HF_TOKEN}, {@code HF_ENDPOINT} and the proxies are read
     * @param caCertificates a PEM file that is trusted beside Java's own certificates; null for none
     */
    public ModelStore(Path cache, Map<String, String> environment, @Nullable Path caCertificates)
            throws ModelException {
        this(cache, environment, caCertificates, STALL, PAUSE);
    }

    ModelStore(
            Path cache,
            Map<String, String> environment,
            @Nullable Path caCertificates,
            Duration stall,
            Duration pause)
            throws ModelException {
        this.directory = cache.resolve("models");
        this.digests = new FileDigests(cache.resolve("digests"));
        this.hub = HubAccess.of(environment);
        this.proxies = new EnvironmentProxies(environment);
        this.tls = caCertificates == null ? null : TrustedCertificates.with(caCertificates);
        this.stall = stall;
        this.pause = pause;
    }

    /** Made when something is downloaded: a client takes a tenth of a second and a thread. */
    private HttpDownload http() {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies)
                .version(HttpClient.Version.HTTP_1_1);
        if (tls != null) {
            client.sslContext(tls);
        }
        return new HttpDownload(client.build(), hub, stall, pause);
    }

    /** {@code $XDG_CACHE_HOME/bitnet}, else {@code ~/.cache/bitnet}. */
    public static Path defaultCache(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = Path.of(xdg).isAbsolute() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("bitnet");
    }

    HubAccess hub() {
        return hub;
    }

    FileDigests digests() {
        return digests;
    }

    /** The file, from the store if it is there, which needs no network; else downloaded and verified. */
    Path fetch(Download download, Progress progress) throws ModelException {
        Path place = directory.resolve(download.sha256());
        Path file = place.resolve(download.fileName());
        try {
            if (Files.exists(file)) {
                return verified(file, download, progress);
            }
            Files.createDirectories(place);
            try (FileChannel channel = FileChannel.open(
                    place.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel, download, progress); // until the channel is closed
                if (!Files.exists(file)) {
                    download(download, file, progress);
                }
            }
            return file;
        } catch (IOException e) {
            throw new ModelException(
                    "The model store " + place + " cannot be used: " + e + ". Check its rights and its disk.", e);
        }
    }

    private Path verified(Path file, Download download, Progress progress) throws IOException, ModelException {
        String digest = digests.sha256(file, progress);
        if (!digest.equals(download.sha256())) {
            throw new ModelException("The model " + file + " was changed after its download: its sha256 is " + digest
                    + " instead of " + download.sha256() + ". Remove it; the next build downloads it again.");
        }
        return file;
    }

    private void download(Download download, Path file, Progress progress) throws IOException, ModelException {
        PartFile part = new PartFile(file.resolveSibling(file.getFileName() + ".part"));
        boolean resumed = part.bytes() > 0;
        HttpDownload http = http();
        http.fetch(download, part, progress);
        String digest = FileDigests.read(part.file(), progress);
        if (!digest.equals(download.sha256()) && resumed) {
            progress.line("The parts of " + download.fileName() + " do not fit together; downloading it anew.");
            part.delete();
            http.fetch(download, part, progress);
            digest = FileDigests.read(part.file(), progress);
        }
        if (!digest.equals(download.sha256())) {
            part.delete();
            throw new ModelException("What " + download.shownUrl() + " sent is not the expected model: its sha256 is "
                    + digest + " instead of " + download.sha256() + ". It was removed. Check the address and the"
                    + " digest; if both are right, do not trust that server.");
        }
        Files.move(part.file(), file, StandardCopyOption.ATOMIC_MOVE);
        digests.remember(file, digest);
        part.forgetTag();
    }

    /** Waits until no other build downloads the same model. */
    private static void lock(FileChannel channel, Download download, Progress progress)
            throws IOException, ModelException {
        boolean told = false;
        while (!tryLock(channel)) {
            if (!told) {
                progress.line("Waiting for another build that downloads " + download.fileName() + ".");
                told = true;
            }
            try {
                Thread.sleep(LOCK_POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ModelException("The download was stopped.", e);
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // Held by another thread of this process.
        }
    }
}
