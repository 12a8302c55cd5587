package io.github.bitnetmaven.engine;

import java.time.Duration;

/**
 * How long to wait for the engine.
 *
 * @param connect for a TCP connection
 * @param answer for a short request, without a byte coming or going
 * @param stream for a request that works on a whole image, without a byte coming or going: before the first byte of a
 *     saved image the engine writes all of it to its own disk
 */
public record EngineTimeouts(Duration connect, Duration answer, Duration stream) {
    public static EngineTimeouts defaults() {
        return new EngineTimeouts(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(30));
    }
}
