package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What a request brings along.
 *
 * @param bytes how many; {@link #UNKNOWN} when only the writer's end tells
 */
record RequestBody(String contentType, long bytes, Engine.ContextWriter writer) {
    static final long UNKNOWN = -1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The writer of a body failed, not the connection. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1;

        Failure(Throwable cause) {
            super(cause);
        }
    }

    static RequestBody of(JsonNode json) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(json);
            return new RequestBody("application/json", bytes.length, out -> out.write(bytes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can always be written.", e);
        }
    }

    /** An archive, written while it is sent. */
    static RequestBody tar(Engine.ContextWriter writer) {
        return new RequestBody("application/x-tar", UNKNOWN, writer);
    }
}
