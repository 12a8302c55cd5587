package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A response whose body has not been read yet. Closing it closes the connection. */
final class EngineResponse implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_JSON = 64 << 20;
    private static final int LARGEST_ERROR = 64 << 10;

    private final String request;
    private final EngineExchange.Answer answer;
    private final IdleWatch watch;
    private final EngineHttp http;

    EngineResponse(String request, EngineExchange.Answer answer, IdleWatch watch, EngineHttp http) {
        this.request = request;
        this.answer = answer;
        this.watch = watch;
        this.http = http;
    }

    int status() {
        return answer.status();
    }

    /** Returns itself when the status is below 400. */
    EngineResponse expectSuccess() throws EngineException {
        if (status() < 400) {
            return this;
        }
        try {
            throw refusal();
        } finally {
            close();
        }
    }

    private EngineException refusal() throws EngineException {
        String message = errorMessage();
        String mend = message.contains("HTTP request to an HTTPS server")
                ? " Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or <certPath>."
                : "";
        return new EngineException("The Docker engine refused " + request + " with HTTP status " + status() + ": "
                + message + "." + mend);
    }

    /** The engine's own sentence, without a full stop. */
    private String errorMessage() throws EngineException {
        byte[] bytes = read(LARGEST_ERROR);
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            JsonNode json = JSON.readTree(bytes);
            text = json.path("message").asText(json.path("cause").asText(text));
        } catch (IOException e) {
            // A proxy's page, or text cut at the limit: shown as it is.
        }
        String line = Printable.line(text);
        return line.isEmpty() ? "no message" : line.replaceFirst("\\.$", "");
    }

    /** The whole body as JSON. */
    JsonNode json() throws EngineException {
        byte[] bytes = read(LARGEST_JSON + 1);
        if (bytes.length > LARGEST_JSON) {
            throw new EngineException("The answer of the Docker engine to " + request + " is larger than 64 MiB.");
        }
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.isMissingNode()) {
                throw new EngineException("The Docker engine answered " + request + " with nothing.");
            }
            return json;
        } catch (IOException e) {
            throw new EngineException("What answers " + request + " is not a Docker engine: its answer is not JSON.", e);
        }
    }

    /** The body as it comes; closing it closes the connection. A body that is cut off is an IOException. */
    InputStream stream() {
        return new FilterInputStream(answer.body()) {
            @Override
            public int read() throws IOException {
                try {
                    return super.read();
                } catch (IOException e) {
                    throw explained(e);
                }
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return super.read(buffer, offset, length);
                } catch (IOException e) {
                    throw explained(e);
                }
            }

            @Override
            public void close() {
                EngineResponse.this.close();
            }
        };
    }

    @Override
    public void close() {
        watch.close();
    }

    private IOException explained(IOException thrown) {
        return new IOException(http.failure(request, thrown, watch).getMessage(), thrown);
    }

    private byte[] read(int limit) throws EngineException {
        try {
            return answer.body().readNBytes(limit);
        } catch (IOException e) {
            throw http.failure(request, e, watch);
        }
    }
}
