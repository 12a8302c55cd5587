package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.Variant;
import io.github.bitnetmaven.dockerfile.ContextRequest;
import io.github.bitnetmaven.dockerfile.ContextWriter;
import io.github.bitnetmaven.dockerfile.ImageLabels;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image of the variant {@code mock}, run hardened. */
class MockIT {
    private static final String IMAGE = "bitnet-it/mock:1.0";
    private static final String[] HARDENED = {"--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"};
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static RunningImage mock;

    @BeforeAll
    static void start() throws Exception {
        BackendSettings backend = new BackendSettings(
                new DirectoryOrigin(directory),
                CompileIn.CONTAINER,
                System.getProperty("bitnet.backend.builderImage"),
                Kernels.I2_S,
                Linkage.STATIC,
                List.of("llama-server"),
                List.of());
        Path context = ContextWriter.write(new ContextRequest(
                        directory.resolve("context"),
                        new ImageSettings(IMAGE, Variant.MOCK, "scratch", 8001, List.of()),
                        backend,
                        null,
                        null,
                        "scratch",
                        null,
                        null,
                        new ImageLabels(null, null, null, null, null)))
                .directory();
        Docker.buildWith(Docker.Builder.CLASSIC, context, IMAGE);
        mock = RunningImage.start(IMAGE, HARDENED).awaitHealthy();
    }

    @AfterAll
    static void stop() throws Exception {
        mock.close();
        Docker.forget(IMAGE);
    }

    private static JsonNode post(String path, String json) throws Exception {
        return JSON.readTree(mock.post(path, json));
    }

    /** The events of a stream, without what is not JSON. */
    private static List<JsonNode> stream(String path, String json) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String line : mock.post(path, json).split("\n\n")) {
            assertThat(line).startsWith("data: ");
            if (!line.equals("data: [DONE]")) {
                events.add(JSON.readTree(line.substring(6)));
            }
        }
        return events;
    }

    @Test
    void theImageIsUnder3MB() throws Exception {
        assertThat(Docker.historyBytes(IMAGE)).isLessThan(3_000_000);
    }

    @Test
    void theSamePromptHasTheSameAnswerInEveryContainer() throws Exception {
        String request = "{\"prompt\":\"Once upon a time\",\"n_predict\":16}";
        String answer = mock.post("/completion", request);
        assertThat(mock.post("/completion", request)).isEqualTo(answer);
        try (RunningImage other = RunningImage.start(IMAGE, HARDENED)) {
            assertThat(other.awaitHealthy().post("/completion", request)).isEqualTo(answer);
        }
        assertThat(mock.post("/completion", "{\"prompt\":\"Another\",\"n_predict\":16}")).isNotEqualTo(answer);
    }

    @Test
    void aStreamSaysTokenByTokenWhatTheWholeSays() throws Exception {
        JsonNode whole = post("/completion", "{\"prompt\":\"Hi\",\"n_predict\":9}");
        List<JsonNode> events = stream("/completion", "{\"prompt\":\"Hi\",\"n_predict\":9,\"stream\":true}");
        assertThat(events).hasSize(10);
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.path("content").asText()));
        assertThat(text).hasToString(whole.path("content").asText());
        assertThat(events.get(9).path("stop").asBoolean()).isTrue();
        assertThat(events.get(9).path("stop_type").asText()).isEqualTo("limit");
        assertThat(events.get(9).path("tokens_predicted").asInt()).isEqualTo(9);
    }

    @Test
    void aChatIsAnsweredAsOpenAiDoes() throws Exception {
        String chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":5";
        JsonNode whole = post("/v1/chat/completions", chat + "}");
        assertThat(whole.path("object").asText()).isEqualTo("chat.completion");
        assertThat(whole.path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
        assertThat(whole.path("usage").path("completion_tokens").asInt()).isEqualTo(5);
        String body = mock.post(
                "/v1/chat/completions", chat + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(body).endsWith("data: [DONE]\n\n");
        StringBuilder text = new StringBuilder();
        List<JsonNode> events = stream(
                "/v1/chat/completions", chat + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        events.forEach(event ->
                text.append(event.path("choices").path(0).path("delta").path("content").asText("")));
        assertThat(text.toString().replace("null", ""))
                .isEqualTo(whole.path("choices").path(0).path("message").path("content").asText());
        assertThat(events.get(events.size() - 1).path("usage")).isEqualTo(whole.path("usage"));
    }

    @Test
    void generateAnswersAsThePythonServerDoes() throws Exception {
        JsonNode whole = post("/generate", "{\"prompt\":\"Hi\",\"max_tokens\":5}");
        assertThat(whole.path("tokens").asInt()).isEqualTo(5);
        assertThat(whole.path("stop_reason").asText()).isEqualTo("length");
        List<JsonNode> events = stream("/generate", "{\"prompt\":\"Hi\",\"max_tokens\":5,\"stream\":true}");
        assertThat(events.get(5).path("done").asBoolean()).isTrue();
        assertThat(events.get(5).path("text")).isEqualTo(whole.path("text"));
    }

    @Test
    void everyPathAnswersAsInTheOtherVariants() throws Exception {
        Path source = Path.of(System.getProperty("basedir", "")).resolve("../src");
        assertThat(CommonInterface.requireOf(mock, source)).isGreaterThan(40);
    }

    @Test
    void aStopStringCutsTheAnswer() throws Exception {
        String text = post("/completion", "{\"prompt\":\"Hi\"}").path("content").asText();
        String stop = text.substring(10, 14);
        JsonNode cut = post("/completion", JSON.createObjectNode().put("prompt", "Hi").put("stop", stop).toString());
        assertThat(cut.path("content").asText()).isEqualTo(text.substring(0, text.indexOf(stop)));
        assertThat(cut.path("stopping_word").asText()).isEqualTo(stop);
    }

    @Test
    void errorsHaveTheShapeOfLlamaServer() {
        assertThatThrownBy(() -> mock.get("/nothing"))
                .hasMessageContaining("404")
                .hasMessageEndingWith(
                        "{\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}");
        assertThatThrownBy(() -> mock.post("/completion", "{\"prompt\":"))
                .hasMessageContaining("400")
                .hasMessageEndingWith("{\"error\":{\"code\":400,\"message\":\"The request cannot be answered: the body is not"
                        + " JSON (after 10 bytes).\",\"type\":\"invalid_request_error\"}}");
        assertThatThrownBy(() -> mock.post("/completion", " ".repeat(5_000_000)))
                .hasMessageContaining("413")
                .hasMessageEndingWith("{\"error\":{\"code\":413,\"message\":\"The body is larger than 4 MiB.\",\"type\":"
                        + "\"invalid_request_error\"}}");
    }

    @Test
    void metricsCountTokens() throws Exception {
        post("/completion", "{\"prompt\":\"Hi\",\"n_predict\":3}");
        assertThat(mock.get("/metrics")).containsPattern("(?m)^llamacpp:tokens_predicted_total [1-9]");
    }

    @Test
    void failuresAreMadeToOrder() throws Exception {
        try (RunningImage failing = RunningImage.start(
                IMAGE, "--env", "MOCK_FAIL_EVERY=2", "--env", "MOCK_STATUS=429", "--env", "MOCK_START_MS=3000")) {
            // Loading first, as a real server does.
            await(() -> failing.log().contains("listens on port 8001"));
            assertThatThrownBy(() -> failing.get("/health")).hasMessageEndingWith(
                    "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}");
            failing.awaitHealthy();
            failing.post("/completion", "{\"prompt\":\"1\"}");
            assertThatThrownBy(() -> failing.post("/completion", "{\"prompt\":\"2\"}")).hasMessageContaining("429");
            failing.post("/completion", "{\"prompt\":\"3\"}");
        }
    }

    @Test
    void aSettingThatIsNoNumberIsTold() {
        assertThatThrownBy(() -> Docker.run("run", "--rm", "--env", "MOCK_DELAY_MS=soon", IMAGE))
                .hasMessageEndingWith("failed: bitnet-mock: MOCK_DELAY_MS is \"soon\"; it has to be a whole number from 0 to"
                        + " 60000.");
    }

    @Test
    void itEndsAtOnceWhenItIsStopped() throws Exception {
        String container = Docker.run("run", "--detach", IMAGE);
        try {
            await(() -> Docker.run("logs", container).contains("listens"));
            Instant before = Instant.now();
            Docker.run("stop", "--time", "30", container);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(Docker.run("inspect", "--format", "{{.State.ExitCode}}", container)).isEqualTo("0");
        } finally {
            Docker.run("rm", "--force", container);
        }
    }

    @Test
    void itOutlivesWhateverIsSent() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int port = mock.port();
        for (int i = 0; i < 500; i++) {
            String body = "{\"prompt\":\"Hi\",\"n_predict\":" + random.nextInt(300) + ",\"stream\":" + random.nextBoolean() + "}";
            byte[] request = ("POST /completion HTTP/1." + random.nextInt(2) + "\r\nHost: x\r\nContent-Length: "
                            + (body.length() + random.nextInt(3) - 1) + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.ISO_8859_1);
            for (int k = random.nextInt(4); k > 0; k--) {
                request[random.nextInt(request.length)] = (byte) random.nextInt(256);
            }
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(20);
                socket.getOutputStream().write(request);
                if (random.nextBoolean()) {
                    assertThat(socket.getInputStream().read(new byte[1 + random.nextInt(500)])).isGreaterThanOrEqualTo(-1);
                }
                socket.setSoLinger(random.nextBoolean(), 0);
            } catch (IOException e) {
                continue; // It hung up on nonsense, or waits for the rest of it.
            }
        }
        assertThat(mock.get("/health")).as("seed %d", seed).isEqualTo("{\"status\":\"ok\"}");
        await(() -> mock.get("/metrics").contains("\nllamacpp:requests_processing 0\n"));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.holds()) {
            assertThat(Instant.now()).as("a minute has passed").isBefore(end);
            Thread.sleep(100);
        }
    }
}
