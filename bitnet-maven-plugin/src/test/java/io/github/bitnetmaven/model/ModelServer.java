package io.github.bitnetmaven.model;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on loopback that serves one model and can behave badly, one behaviour for each request in turn. */
final class ModelServer implements AutoCloseable {
    enum Behaviour {
        GOOD,
        /** Cuts the connection in the middle of the body. */
        CUT,
        /** Sends half of the body and then nothing more. */
        STALL,
        /** Answers a range request with the whole. */
        NO_RANGES,
        BUSY,
        LOGIN,
        MISSING,
        /** Another file, as long as the right one. */
        OTHER_CONTENT,
        /** No length: chunked. */
        CHUNKED
    }

    private final byte[] content;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Behaviour> behaviours = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private String redirect = "";

    ModelServer(byte[] content, Behaviour... behaviours) throws IOException {
        this.content = content;
        this.behaviours.addAll(List.of(behaviours));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Sends every request elsewhere. */
    ModelServer redirectTo(String location) {
        redirect = location;
        return this;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    URI url() {
        return URI.create(address() + "/models/small.gguf");
    }

    /** Range, If-Range and Authorization of each request. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private synchronized Behaviour next() {
        return behaviours.isEmpty() ? Behaviour.GOOD : behaviours.removeFirst();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        requests.add(headers.getFirst("Range") + " " + headers.getFirst("If-Range") + " "
                + headers.getFirst("Authorization"));
        if (!redirect.isEmpty()) {
            exchange.getResponseHeaders().set("Location", redirect);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
            return;
        }
        Behaviour behaviour = next();
        switch (behaviour) {
            case BUSY -> exchange.sendResponseHeaders(503, -1);
            case LOGIN -> exchange.sendResponseHeaders(401, -1);
            case MISSING -> exchange.sendResponseHeaders(404, -1);
            default -> send(exchange, behaviour);
        }
        exchange.close();
    }

    private void send(HttpExchange exchange, Behaviour behaviour) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        byte[] body = behaviour == Behaviour.OTHER_CONTENT ? new byte[content.length] : content;
        int from = 0;
        if (range != null && behaviour != Behaviour.NO_RANGES) {
            from = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
        }
        exchange.getResponseHeaders().set("ETag", "\"v1\"");
        int length = body.length - from;
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, behaviour == Behaviour.CHUNKED ? 0 : length);
        boolean half = behaviour == Behaviour.CUT || behaviour == Behaviour.STALL;
        exchange.getResponseBody().write(body, from, half ? length / 2 : length);
        exchange.getResponseBody().flush();
        if (behaviour == Behaviour.STALL) {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
