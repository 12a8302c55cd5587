package io.github.bitnetmaven.mojo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An engine as far as it knows names and ids of images. What a real one does is tested in it/. */
final class EngineOfImages implements AutoCloseable {
    /** Ids by names. */
    final Map<String, String> images = new ConcurrentHashMap<>();
    /** What was changed, such as {@code POST /images/…}. */
    final List<String> changes = Collections.synchronizedList(new ArrayList<>());

    String apiVersion = "1.41";
    private final HttpServer server;

    EngineOfImages() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    EngineAddress address() {
        return new EngineAddress(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), null, "the test");
    }

    DockerEngine connect() throws EngineException {
        return DockerEngine.connect(address());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+", "");
        if (path.equals("/version")) {
            send(exchange, 200, "{\"ApiVersion\":\"" + apiVersion + "\",\"Os\":\"linux\",\"Arch\":\"amd64\"}");
        } else if (exchange.getRequestMethod().equals("GET")) {
            String name = path.replaceFirst("^/images/(.*)/json$", "$1");
            String id = images.containsValue(name) ? name : images.get(name);
            send(exchange, id == null ? 404 : 200, "{\"Id\":\"" + id + "\",\"RepoTags\":[\"x:1\"]}");
        } else {
            changes.add(exchange.getRequestMethod() + " " + path + "?" + exchange.getRequestURI().getQuery());
            send(exchange, 201, "");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
