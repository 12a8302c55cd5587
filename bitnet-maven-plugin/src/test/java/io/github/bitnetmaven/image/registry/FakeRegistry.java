package io.github.bitnetmaven.image.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.source.RegistryImageSource;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A registry on loopback that answers as a test wants it to: the real ones do not misbehave on demand. */
public final class FakeRegistry implements AutoCloseable {
    /** Answers a request. */
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        at("/v2/", exchange -> bytes(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(path + (authorization == null ? "" : " " + authorization));
        try (exchange) {
            Answer answer = answers.get(path);
            if (answer == null) {
                status(exchange, 404);
            } else {
                answer.to(exchange);
            }
        }
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** What is answered at a path, in place of what was before. */
    public FakeRegistry at(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    public Answer answerAt(String path) {
        return answers.get(path);
    }

    /** Paths of all requests, each with its {@code Authorization} if it had one. */
    public List<String> requests() {
        return requests;
    }

    /** Serves all parts of an image of {@code acme/app}, and its manifest by digest. */
    public FakeRegistry serve(ArchiveBuilder image) {
        image.blobs().forEach(this::blob);
        blob(image.configuration());
        manifest(Sha256.of(image.manifest()), image.manifest());
        return this;
    }

    public FakeRegistry serve(String tag, ArchiveBuilder image) {
        return serve(image).manifest(tag, image.manifest());
    }

    public FakeRegistry manifest(String reference, byte[] json) {
        return at("/v2/acme/app/manifests/" + reference, exchange -> bytes(exchange, 200, json));
    }

    private void blob(byte[] blob) {
        at(blobPath(blob), exchange -> bytes(exchange, 200, blob));
    }

    public static String blobPath(byte[] blob) {
        return "/v2/acme/app/blobs/" + Sha256.of(blob);
    }

    public static void bytes(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(content);
        }
    }

    public static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    public static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        status(exchange, 307);
    }

    /** An answer without an end. */
    public static void endless(HttpExchange exchange, byte[] start) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(start);
            byte[] more = new byte[1 << 16];
            while (true) {
                body.write(more);
            }
        }
    }

    /** Says that there are more bytes than come. */
    public static void cutOff(HttpExchange exchange, byte[] content, int after) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, after);
        exchange.getResponseBody().flush();
    }

    /** Reads an image of this registry as the plugin does, but with little patience. */
    public Image read(String tagOrDigest, @Nullable String platform, CredentialSource credentials)
            throws ImageException {
        return source(tagOrDigest, credentials)
                .read(new ReadOptions(platform, false, false, List.of(), List.of()), Progress.silent());
    }

    public Image read(String tag) throws ImageException {
        return read(":" + tag, null, nobody());
    }

    public RegistryImageSource source(String tagOrDigest, CredentialSource credentials) {
        RegistryAccess access = new RegistryAccess(
                credentials, noProxy(), false, Duration.ofSeconds(1), Duration.ofMillis(1));
        try {
            return new RegistryImageSource(ImageReference.parse(host() + "/acme/app" + tagOrDigest), access);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static CredentialSource nobody() {
        return repository -> Optional.empty();
    }

    public static CredentialSource bob() {
        return repository -> Optional.of(Credential.ofPassword("bob", "s3cret", "the test"));
    }

    private static ProxySelector noProxy() {
        return ProxySelector.of(null);
    }

    /** What was posted. */
    public static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
