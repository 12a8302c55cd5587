package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // With mvn -X the HTTP client's wire log would print every byte of a saved image. Maven 3 and 4 read different
        // properties; a level that the user has set stays.
        String logger = "com.github.dockerjava.zerodep.shaded.org.apache.hc";
        for (String prefix : List.of("org.slf4j.simpleLogger.log.", "maven.logger.log.")) {
            if (System.getProperty(prefix + logger) == null) {
                System.setProperty(prefix + logger, "warn");
            }
        }
    }

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
     */
    EngineResponse send(String method, String path, Map<String, String> headers, @Nullable InputStream body, Duration idle)
            throws EngineException {
        ZerodepDockerHttpClient client = client();
        IdleWatch watch = IdleWatch.start(client, idle, watchdog);
        try {
            DockerHttpClient.Response response = client.execute(new DockerHttpClient.Request.Builder()
                    .method(method)
                    .path(path)
                    .putAllHeaders(headers)
                    .body(body == null ? null : watch.watching(body))
                    .build());
            return new EngineResponse(method + " " + path, response, watch, this);
        } catch (RuntimeException e) {
            watch.close();
            throw failure(method + " " + path, e, watch);
        }
    }

    /** As {@link #send} with a small JSON body, or none. */
    EngineResponse send(String method, String path, @Nullable JsonNode body) throws EngineException {
        if (body == null) {
            return send(method, path, Map.of(), null, timeouts.answer());
        }
        byte[] bytes;
        try {
            bytes = JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new IllegalStateException("A JSON tree can always be written.", e);
        }
        InputStream stream = new ByteArrayInputStream(bytes);
        return send(method, path, Map.of("Content-Type", "application/json"), stream, timeouts.answer());
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

    private ZerodepDockerHttpClient client() {
        // The transport knows TCP by one name, and TLS by the certificates.
        URI uri = address.isTcp() ? URI.create("tcp://" + address.uri().getAuthority()) : address.uri();
        ZerodepDockerHttpClient.Builder builder = new ZerodepDockerHttpClient.Builder()
                .dockerHost(uri)
                .maxConnections(1)
                .connectionTimeout(timeouts.connect());
        if (tls != null) {
            SSLConfig config = () -> tls;
            builder.sslConfig(config);
        }
        return builder.build();
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
