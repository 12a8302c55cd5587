package io.github.bitnetmaven.model;

import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Downloads into a part file over HTTP, and goes on where an earlier attempt was cut off. */
final class HttpDownload {
    private static final int MAX_REDIRECTS = 10;
    private static final int MAX_ATTEMPTS_WITHOUT_PROGRESS = 5;
    private static final int BUFFER_BYTES = 1 << 18;
    /** What is left free on the disk, so that the build can go on. */
    private static final long RESERVED_BYTES = 100_000_000;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    private final HttpClient client;
    private final HubAccess hub;
    private final Duration stall;
    private final Duration pause;

    /**
     * @param client which must not follow redirects itself
     * @param stall after how long without a byte a connection is given up
     * @param pause before the second attempt; doubled before each further one
     */
    HttpDownload(HttpClient client, HubAccess hub, Duration stall, Duration pause) {
        this.client = client;
        this.hub = hub;
        this.stall = stall;
        this.pause = pause;
    }

    /** A failure that another attempt may overcome. */
    private static final class Interruption extends Exception {
        private static final long serialVersionUID = 1L;

        Interruption(String message) {
            super(message);
        }
    }

    /** Completes the part file; its digest is not checked here. */
    void fetch(Download download, PartFile part, Progress progress) throws ModelException, IOException {
        int failures = 0;
        while (true) {
            long before = part.bytes();
            try {
                attempt(download, part, progress);
                return;
            } catch (Interruption e) {
                failures = part.bytes() > before ? 1 : failures + 1;
                if (failures >= MAX_ATTEMPTS_WITHOUT_PROGRESS) {
                    throw new ModelException("The download of " + download.shownUrl() + " was given up after "
                            + MAX_ATTEMPTS_WITHOUT_PROGRESS + " attempts: " + e.getMessage()
                            + ". What has come (" + part.bytes() + " bytes) is kept; the next build goes on from"
                            + " there.");
                }
                progress.line("The download of " + download.fileName() + " was interrupted (" + e.getMessage()
                        + "); trying again.");
                sleep(pause.multipliedBy(1L << failures - 1));
            }
        }
    }

    private void attempt(Download download, PartFile part, Progress progress)
            throws Interruption, ModelException, IOException {
        long from = part.bytes();
        if (from > 0 && from == download.bytes()) {
            return;
        }
        HttpResponse<InputStream> response = request(download, from, part.entityTag());
        try (InputStream body = response.body()) {
            if (response.statusCode() == 416) {
                // Nothing is left, or the part is of something else: the digest tells.
                if (completeLength(response, from)) {
                    return;
                }
                part.delete();
                throw new Interruption("the server knows no byte " + from);
            }
            boolean goesOn = response.statusCode() == 206 && rangeStart(response) == from;
            if (response.statusCode() != 200 && !goesOn) {
                refuse(download, response.statusCode());
            }
            long start = goesOn ? from : 0;
            if (!goesOn) {
                part.restart(response.headers().firstValue("ETag").orElse(""));
            }
            long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            long total = length < 0 ? download.bytes() : start + length;
            if (download.bytes() >= 0 && total != download.bytes()) {
                throw new ModelException("The server offers " + total + " bytes as " + download.shownUrl()
                        + ", but the model has " + download.bytes()
                        + ". It was replaced, or a proxy answers in its place; check the address.");
            }
            requireSpace(part.file(), total - start);
            copy(body, download, part.file(), start, total, progress);
        }
    }

    private HttpResponse<InputStream> request(Download download, long from, String entityTag)
            throws Interruption, ModelException {
        URI target = download.url();
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(target)
                    .timeout(stall)
                    .header("Accept-Encoding", "identity")
                    .header("User-Agent", "bitnet-maven-plugin");
            hub.authorize(request, target);
            if (from > 0) {
                request.header("Range", "bytes=" + from + "-");
                // A weak tag is not allowed here (RFC 9110, 13.1.5); the digest checks the whole in any case.
                if (entityTag.startsWith("\"")) {
                    request.header("If-Range", entityTag);
                }
            }
            HttpResponse<InputStream> response = send(request.build());
            if (!REDIRECTS.contains(response.statusCode())) {
                return response;
            }
            close(response.body());
            target = redirect(download, target, response);
        }
        throw new ModelException("The download of " + download.shownUrl() + " was redirected more than "
                + MAX_REDIRECTS + " times. Check the address.");
    }

    private static URI redirect(Download download, URI from, HttpResponse<?> response) throws ModelException {
        String location = response.headers().firstValue("Location").orElse("");
        try {
            URI to = from.resolve(location);
            boolean secure = "https".equalsIgnoreCase(to.getScheme());
            boolean plain = "http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme());
            if (to.getHost() != null && (secure || plain)) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the address: it may hold a signature.
        }
        throw new ModelException("The download of " + download.shownUrl()
                + " was redirected to an address that is not HTTPS, or none at all. Check the address.");
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws Interruption, ModelException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new Interruption(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("The download was stopped.", e);
        }
    }

    private static void refuse(Download download, int status) throws Interruption, ModelException {
        String what = "The server answered the download of " + download.shownUrl() + " with status " + status;
        if (status == 401 || status == 403) {
            throw new ModelException(what + ": it wants a login. For a model of the Hugging Face hub, accept its"
                    + " licence there and set the environment variable HF_TOKEN.");
        }
        if (status == 404 || status == 410) {
            throw new ModelException(what + ": there is no such file. Check the address.");
        }
        if (status == 408 || status == 429 || status >= 500) {
            throw new Interruption("the server answered with status " + status);
        }
        throw new ModelException(what + ". Check the address, and the proxy if there is one.");
    }

    private static long rangeStart(HttpResponse<?> response) {
        Matcher range = CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
        return range.matches() ? Long.parseLong(range.group(1)) : -1;
    }

    private static boolean completeLength(HttpResponse<?> response, long have) {
        return response.headers().firstValue("Content-Range").orElse("").equals("bytes */" + have);
    }

    static void requireSpace(Path part, long bytes) throws ModelException, IOException {
        Path directory = part.toAbsolutePath().getParent();
        long usable = directory == null ? Long.MAX_VALUE : Files.getFileStore(directory).getUsableSpace();
        if (bytes > usable - RESERVED_BYTES) {
            throw new ModelException("The disk of " + directory + " has " + usable + " bytes free, but the model needs "
                    + bytes + " and the build some more. Free some room, or set the environment variable"
                    + " XDG_CACHE_HOME to a directory on another disk.");
        }
    }

    private void copy(InputStream body, Download download, Path part, long start, long total, Progress progress)
            throws Interruption, IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long done = start;
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Progress.Task task =
                        progress.start("Downloading " + download.fileName(), total, Progress.Unit.BYTES);
                StallWatch watch = new StallWatch(body, stall)) {
            for (int n = watch.read(buffer); n >= 0; n = watch.read(buffer)) {
                out.write(buffer, 0, n);
                done += n;
                task.at(done);
            }
            if (watch.stalled()) {
                throw new Interruption("nothing came for " + stall.toSeconds() + " seconds");
            }
            if (watch.broken() || total >= 0 && done < total) {
                throw new Interruption(
                        "the connection ended after " + done + (total < 0 ? "" : " of " + total) + " bytes");
            }
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    private static void close(InputStream body) throws Interruption {
        try {
            body.close();
        } catch (IOException e) {
            throw new Interruption(reason(e));
        }
    }

    private static void sleep(Duration time) throws ModelException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("The download was stopped.", e);
        }
    }
}
