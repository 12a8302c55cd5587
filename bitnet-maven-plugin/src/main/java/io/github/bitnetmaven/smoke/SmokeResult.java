package io.github.bitnetmaven.smoke;

/**
 * What a container of the image did.
 *
 * @param imageId the id of the image that the engine started
 * @param startMillis from the request to start it until it answered as healthy
 * @param memoryBytes in use after the completion, without the page cache that is not active; 0 when the engine does not
 *     tell
 * @param tokensPerSecond as the server measured it, else tokens by the time of the whole request
 * @param tokens that were generated
 * @param completion the generated text
 * @param health the body of the answer to {@code /health}
 */
public record SmokeResult(
        String imageId,
        long startMillis,
        long memoryBytes,
        double tokensPerSecond,
        int tokens,
        String completion,
        String health) {}
