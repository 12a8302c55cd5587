package io.github.bitnetmaven.smoke;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Plain HTTP to the server in the container, never through a proxy. */
final class ServerClient {
    private static final int CONNECT_MILLIS = 2000;
    private static final int LARGEST_BODY = 1 << 20;

    /** @param body cut at 1 MiB */
    record Answer(int status, String body) {}

    private final String base;

    /** @param base such as {@code http://127.0.0.1:49153} */
    ServerClient(String base) {
        this.base = base;
    }

    String url(String path) {
        return base + path;
    }

    /**
     * GET without a body, else POST of JSON.
     *
     * @param patience for the whole exchange
     */
    Answer ask(String path, @Nullable String json, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url(path)).toURL().openConnection(Proxy.NO_PROXY);
        try {
            int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, patience.toMillis()));
            connection.setConnectTimeout(Math.min(CONNECT_MILLIS, millis));
            connection.setReadTimeout(millis);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            if (json != null) {
                connection.setRequestMethod("POST");
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(json.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("the answer is not HTTP");
            }
            try (InputStream body = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
                return new Answer(status, body == null ? "" : read(body, end));
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String read(InputStream body, long end) throws IOException {
        byte[] bytes = new byte[LARGEST_BODY];
        int size = 0;
        while (size < bytes.length) {
            int count = body.read(bytes, size, bytes.length - size);
            if (count < 0) {
                break;
            }
            size += count;
            if (System.nanoTime() - end > 0) {
                throw new SocketTimeoutException("the answer took too long");
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
