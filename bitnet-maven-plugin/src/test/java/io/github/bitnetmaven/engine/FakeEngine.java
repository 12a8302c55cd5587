package io.github.bitnetmaven.engine;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A small HTTP server that says what an engine may answer; at first it only knows its version, 1.41. What a real engine
 * does is tested in it/.
 */
final class FakeEngine implements BeforeEachCallback, AfterEachCallback {
    private static final EngineTimeouts SHORT =
            new EngineTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));

    private HttpServer server;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        answer("/version", 200, "{\"ApiVersion\":\"1.41\"}");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.stop(0);
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Methods and paths of what was answered, in the order of the requests. */
    List<String> requests() {
        return requests;
    }

    /** Answers requests of exactly this path. */
    void answer(String path, int status, String body) {
        handle(path, exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            boolean exact = exchange.getRequestURI().getPath().equals(path);
            byte[] bytes = (exact ? body : "{\"message\":\"no such thing\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exact ? status : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** Leaves the answer to the handler. */
    void handle(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    void forget(String path) {
        server.removeContext(path);
    }

    DockerEngine connect() throws EngineException {
        return connect(address());
    }

    /** Connects to another address, from a machine that tells nothing of its engine, with short timeouts. */
    static DockerEngine connect(String to) throws EngineException {
        Path none = Path.of("none");
        EngineAddress.Host host = new EngineAddress.Host(Map.of(), none, none, false);
        return DockerEngine.connect(EngineAddress.resolve(to, null, host), SHORT);
    }

    /** Is silent for longer than the timeouts. */
    static void sleep() {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
