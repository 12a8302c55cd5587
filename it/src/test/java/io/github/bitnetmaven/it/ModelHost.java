package io.github.bitnetmaven.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A web server that holds one model, on loopback for containers in the network of this machine. It can behave badly, one
 * behaviour for each request in turn; a good one follows.
 */
public final class ModelHost implements AutoCloseable {
    public enum Behaviour {
        GOOD,
        /** Cuts the connection in the middle of the body. */
        CUT,
        /** Sends the body slowly: in three seconds. */
        SLOW,
        BUSY,
        MISSING,
        LOGIN,
        /** As long as the right one. */
        OTHER_CONTENT,
        /** Does not tell the length. */
        CHUNKED
    }

    /**
     * What was asked.
     *
     * @param target as the request line has it: a whole address when this is asked as a proxy
     * @param range empty when the whole was asked for
     * @param authorization empty when none was given
     */
    public record Request(String target, String range, String authorization) {}

    private static final String TAG = "\"version-1\"";

    private final byte[] content;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Behaviour> behaviours = new ConcurrentLinkedDeque<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile String redirect = "";

    public ModelHost(byte[] content, Behaviour... behaviours) throws IOException {
        this(content, null, behaviours);
    }

    /** @param tls for HTTPS; null for HTTP */
    public ModelHost(byte[] content, @Nullable SSLContext tls, Behaviour... behaviours) throws IOException {
        this(InetAddress.getLoopbackAddress(), content, tls, behaviours);
    }

    private ModelHost(InetAddress at, byte[] content, @Nullable SSLContext tls, Behaviour... behaviours)
            throws IOException {
        this.content = content;
        this.behaviours.addAll(List.of(behaviours));
        InetSocketAddress address = new InetSocketAddress(at, 0);
        if (tls == null) {
            this.server = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            this.server = https;
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** One that containers in a network of their own reach, by HTTP. */
    public static ModelHost forContainers(byte[] content) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (each.isUp() && !each.isLoopback()) {
                Collections.list(each.getInetAddresses()).stream()
                        .filter(Inet4Address.class::isInstance)
                        // The one at the other end of the engine's own network, where the engine tells.
                        .forEach(address -> addresses.add(each.getName().startsWith("docker") ? 0 : addresses.size(), address));
            }
        }
        if (addresses.isEmpty()) {
            throw new IllegalStateException("This machine has no address that a container could reach.");
        }
        return new ModelHost(addresses.get(0), content, null);
    }

    /** Sends every request to another address. */
    public ModelHost redirectTo(String location) {
        redirect = location;
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String address() {
        return (server instanceof HttpsServer ? "https" : "http") + "://"
                + server.getAddress().getAddress().getHostAddress() + ":" + port();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = header(exchange, "Range");
        requests.add(new Request(exchange.getRequestURI().toString(), range, header(exchange, "Authorization")));
        if (!redirect.isEmpty()) {
            exchange.getResponseHeaders().set("Location", redirect);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
            return;
        }
        Behaviour behaviour = behaviours.isEmpty() ? Behaviour.GOOD : behaviours.removeFirst();
        switch (behaviour) {
            case BUSY -> exchange.sendResponseHeaders(503, -1);
            case MISSING -> exchange.sendResponseHeaders(404, -1);
            case LOGIN -> exchange.sendResponseHeaders(401, -1);
            default -> send(exchange, behaviour, range);
        }
        exchange.close();
    }

    private void send(HttpExchange exchange, Behaviour behaviour, String range) throws IOException {
        exchange.getResponseHeaders().set("ETag", TAG);
        byte[] body = content;
        if (behaviour == Behaviour.OTHER_CONTENT) {
            body = content.clone();
            body[body.length - 1] ^= 1;
        }
        int from = range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, behaviour == Behaviour.CHUNKED ? 0 : body.length - from);
        int to = behaviour == Behaviour.CUT ? body.length / 2 : body.length;
        int pieces = behaviour == Behaviour.SLOW ? 30 : 1;
        try {
            // Not closed here: the exchange cuts the connection when something is missing.
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < pieces; i++) {
                int begin = from + (int) ((long) (to - from) * i / pieces);
                int end = from + (int) ((long) (to - from) * (i + 1) / pieces);
                out.write(body, begin, end - begin);
                out.flush();
                if (pieces > 1) {
                    Thread.sleep(100);
                }
            }
        } catch (IOException e) {
            return; // The client has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
