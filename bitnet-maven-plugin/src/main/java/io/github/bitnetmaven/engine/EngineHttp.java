package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to the engine. Each request has a connection of its own: requests are few, some last for minutes, and closing
 * the connection is the one way to end a request that works on every kind of socket.
 */
final class EngineHttp {
    private final EngineAddress address;
    private final EngineTimeouts timeouts;
    private final @Nullable SSLContext tls;
    private final ScheduledExecutorService watchdog;

    EngineHttp(EngineAddress address, EngineTimeouts timeouts) throws EngineException {
        this.address = address;
        this.timeouts = timeouts;
        this.tls = address.certificates() == null
                ? null
                : new ClientCertificates(address.certificates()).context();
        this.watchdog = watchdog();
    }

    EngineTimeouts timeouts() {
        return timeouts;
    }

    /**
     * Sends a request and waits for the head of the response, whatever its status.
     *
     * @param path with the API version and the query
     * @param idle how long no byte may come or go; zero for ever
     * @throws EngineException with a {@link RequestBody.Failure} as its cause when it was the body that failed
     */
    EngineResponse send(String method, String path, @Nullable RequestBody body, Duration idle)
            throws EngineException {
        return send(method + " " + path, new EngineExchange(method, path, host(), body), idle);
    }

    /** Asks for an archive: what is cut off has no end mark, and looks like a body that has ended. */
    EngineResponse getArchive(String path, Duration idle) throws EngineException {
        return send("GET " + path, new EngineExchange("GET", path, host(), null).withoutChunks(), idle);
    }

    private EngineResponse send(String request, EngineExchange exchange, Duration idle) throws EngineException {
        EngineSocket socket = EngineSocket.of(address, tls, timeouts.connect());
        IdleWatch watch = IdleWatch.start(socket, idle, watchdog);
        boolean answered = false;
        try {
            socket.connect();
            EngineExchange.Answer answer =
                    exchange.run(watch.watching(socket.input()), watch.watching(socket.output()));
            answered = true;
            return new EngineResponse(request, answer, watch, this);
        } catch (IOException | RuntimeException e) {
            throw failure(request, e, watch);
        } finally {
            if (!answered) {
                watch.close();
            }
        }
    }

    /** As {@link #send} for a short request, with a JSON body or none. */
    EngineResponse send(String method, String path, @Nullable JsonNode body) throws EngineException {
        return send(method, path, body == null ? null : RequestBody.of(body), timeouts.answer());
    }

    private String host() {
        return address.isTcp() ? address.uri().getAuthority() : "localhost";
    }

    /** Turns whatever a request died of into a sentence. */
    EngineException failure(String request, Throwable thrown, IdleWatch watch) {
        if (watch.expired()) {
            return new EngineException("The Docker engine at " + address + " was silent for "
                    + watch.limit().toSeconds() + " seconds during " + request + ". Check that it is well (docker"
                    + " info), then try again.", thrown);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new EngineException("Interrupted during " + request + ".", thrown);
        }
        return EngineFailure.of(address, request, thrown);
    }

    /** One daemon thread that ends when there is nothing to watch, so that nobody has to close it. */
    private static ScheduledExecutorService watchdog() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bitnet-engine-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(5, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
