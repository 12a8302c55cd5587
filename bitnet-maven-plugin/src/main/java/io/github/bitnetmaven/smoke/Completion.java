package io.github.bitnetmaven.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A generated text. llama-server's own {@code POST /completion} is asked first (llama.cpp, examples/server/README.md),
 * then the OpenAI-compatible {@code POST /v1/completions}.
 *
 * @param tokensPerSecond without the time for the prompt where the server tells it
 */
record Completion(String text, int tokens, double tokensPerSecond) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXCERPT = 200;

    /**
     * Asks for a completion.
     *
     * @throws SmokeException when what comes is none: a sentence without a full stop at its end
     * @throws IOException when nothing comes
     */
    static Completion ask(ServerClient server, String prompt, int tokens, Duration patience)
            throws SmokeException, IOException {
        String path = "/completion";
        long start = System.nanoTime();
        JsonNode body = JSON.createObjectNode().put("prompt", prompt).put("n_predict", tokens);
        ServerClient.Answer answer = server.ask(path, body.toString(), patience);
        if (answer.status() == 404 || answer.status() == 405 || answer.status() == 501) {
            path = "/v1/completions";
            start = System.nanoTime();
            body = JSON.createObjectNode().put("prompt", prompt).put("max_tokens", tokens);
            answer = server.ask(path, body.toString(), patience);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        String request = "POST " + server.url(path);
        if (answer.status() != 200) {
            throw new SmokeException("It refused " + request + " with HTTP status " + answer.status() + ": "
                    + excerpt(answer.body()));
        }
        String text = answer.body();
        return parse(text, seconds)
                .orElseThrow(() -> new SmokeException("Its answer to " + request + " is no completion (JSON with a text"
                        + " and a positive number of tokens): " + excerpt(text)));
    }

    /** Empty when the body is no completion. */
    static Optional<Completion> parse(String body, double seconds) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (IOException e) {
            return Optional.empty();
        }
        boolean llama = json.has("content");
        JsonNode text = llama ? json.path("content") : json.path("choices").path(0).path("text");
        int tokens = llama
                ? json.path("tokens_predicted").asInt(0)
                : json.path("usage").path("completion_tokens").asInt(0);
        if (!text.isTextual() || tokens <= 0) {
            return Optional.empty();
        }
        double told = json.path("timings").path("predicted_per_second").asDouble(0);
        double rate = told > 0 && told < 1e9 ? told : tokens / Math.max(seconds, 1e-6);
        return Optional.of(new Completion(text.asText(), tokens, rate));
    }

    private static String excerpt(String text) {
        String line = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
        return line.isEmpty() ? "nothing" : line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
    }
}
