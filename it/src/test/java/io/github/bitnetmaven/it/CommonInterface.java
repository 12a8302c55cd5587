package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What every variant answers: the requests and answers of {@code src/interface/tests/cases.json}, which the Python
 * server's tests read too ({@code src/server/tests/cases.py} explains them).
 */
public final class CommonInterface {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CommonInterface() {}

    /** Asks a container everything; returns how many requests that were. */
    public static int requireOf(RunningImage container, Path source) throws IOException, InterruptedException {
        JsonNode cases = JSON.readTree(source.resolve("interface/tests/cases.json").toFile());
        URI address = URI.create("http://127.0.0.1:" + container.port());
        for (JsonNode each : cases) {
            require(address, each);
        }
        return cases.size();
    }

    private static void require(URI address, JsonNode asked) throws IOException, InterruptedException {
        String[] ask = asked.path("ask").asText().split(" ");
        String body = asked.has("body")
                ? asked.get("body").toString()
                : asked.path("text").asText().repeat(asked.path("times").asInt(1));
        // A client each: llama-server closes a connection after a stream, without saying so before.
        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(address.resolve(ask[1]))
                                .timeout(Duration.ofMinutes(1))
                                .header("Content-Type", asked.path("sent_as").asText("application/json"))
                                .method(ask[0], ask[0].equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        String what = asked + " → " + answer.body();
        assertThat(answer.statusCode()).as(what).isEqualTo(asked.path("status").asInt());
        assertThat(answer.headers().firstValue("content-type").orElse("")).as(what).startsWith(asked.path("type").asText());
        assertThat(answer.body()).contains(asked.path("contains").asText());
        switch (asked.path("type").asText()) {
            case "application/json" -> requireJson(asked, JSON.readTree(answer.body()), what);
            case "text/event-stream" -> requireEvents(asked, answer.body(), what);
            default -> assertThat(asked.has("contains")).as(what).isTrue();
        }
    }

    private static void requireJson(JsonNode asked, JsonNode answer, String what) {
        if (asked.has("keys")) {
            List<String> keys = new ArrayList<>();
            asked.get("keys").forEach(key -> keys.add(key.asText()));
            assertThat(answer.fieldNames()).toIterable().as(what).containsExactlyInAnyOrderElementsOf(keys);
        }
        requirePointers(asked.path("has"), answer, what);
        if (asked.path("status").asInt() != 200) {
            assertThat(answer.path("error").fieldNames()).toIterable().as(what).containsExactlyInAnyOrder("code", "message", "type");
            assertThat(answer.at("/error/code").asInt()).as(what).isEqualTo(asked.path("status").asInt());
        }
        if (asked.has("message")) {
            assertThat(answer.at("/error/message").asText()).as(what).isEqualTo(asked.get("message").asText());
            assertThat(answer.at("/error/type").asText()).as(what).isEqualTo("invalid_request_error");
        }
    }

    private static void requireEvents(JsonNode asked, String answer, String what) throws IOException {
        List<String> events = new ArrayList<>(answer.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList());
        if (asked.path("done").asBoolean()) {
            assertThat(events.remove(events.size() - 1)).as(what).isEqualTo("[DONE]");
        }
        assertThat(events).as(what).hasSizeGreaterThan(1);
        for (String event : events.subList(0, events.size() - 1)) {
            requirePointers(asked.path("piece"), JSON.readTree(event), what);
        }
        requirePointers(asked.path("last"), JSON.readTree(events.get(events.size() - 1)), what);
    }

    private static void requirePointers(JsonNode pointers, JsonNode answer, String what) {
        for (JsonNode pointer : pointers) {
            assertThat(answer.at(pointer.asText()).isMissingNode()).as(pointer + " of " + what).isFalse();
        }
    }
}
