package io.github.bitnetmaven.model;

import static io.github.bitnetmaven.model.ModelServer.Behaviour.BUSY;
import static io.github.bitnetmaven.model.ModelServer.Behaviour.CHUNKED;
import static io.github.bitnetmaven.model.ModelServer.Behaviour.CUT;
import static io.github.bitnetmaven.model.ModelServer.Behaviour.LOGIN;
import static io.github.bitnetmaven.model.ModelServer.Behaviour.MISSING;
import static io.github.bitnetmaven.model.ModelServer.Behaviour.NO_RANGES;
import static io.github.bitnetmaven.model.ModelServer.Behaviour.OTHER_CONTENT;
import static io.github.bitnetmaven.model.ModelServer.Behaviour.STALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    private static final String FIRST = "null null null";

    @TempDir
    Path cache;

    private byte[] content;
    private String sha256;

    @BeforeEach
    void makeModel() {
        byte[] head = GgufBytes.model(40);
        content = Arrays.copyOf(head, 200_000);
        byte[] tail = new byte[content.length - head.length];
        new Random(1).nextBytes(tail);
        System.arraycopy(tail, 0, content, head.length, tail.length);
        sha256 = FileDigests.hex(Sha256.create().digest(content));
    }

    @Test
    void downloadsAndVerifies() throws Exception {
        try (ModelServer server = new ModelServer(content)) {
            assertThat(fetch(server)).isEqualTo(place()).hasBinaryContent(content);
            assertThat(server.requests()).containsExactly(FIRST);
            assertThat(leftBeside()).containsExactly(".lock", "small.gguf");
        }
    }

    @Test
    void needsNoNetworkForWhatIsThere() throws Exception {
        Download download;
        try (ModelServer server = new ModelServer(content)) {
            download = download(server);
            store().fetch(download, Progress.silent());
        }
        assertThat(store().fetch(download, Progress.silent())).hasBinaryContent(content);
    }

    @Test
    void goesOnWhereTheConnectionWasCut() throws Exception {
        try (ModelServer server = new ModelServer(content, CUT, CUT)) {
            assertThat(fetch(server)).hasBinaryContent(content);
            assertThat(server.requests().get(0)).isEqualTo(FIRST);
            assertThat(server.requests().get(1)).matches("bytes=\\d+- \"v1\" null");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void goesOnWhereAnEarlierBuildStopped() throws Exception {
        writePart(Arrays.copyOf(content, 150_000));
        try (ModelServer server = new ModelServer(content)) {
            assertThat(fetch(server)).hasBinaryContent(content);
            assertThat(server.requests()).containsExactly("bytes=150000- null null");
        }
    }

    @Test
    void beginsAnewAtAServerThatIgnoresRanges() throws Exception {
        writePart(new byte[1000]);
        try (ModelServer server = new ModelServer(content, NO_RANGES)) {
            assertThat(fetch(server)).hasBinaryContent(content);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void downloadsAnewWhenThePartsDoNotFitTogether() throws Exception {
        writePart(new byte[1000]);
        try (ModelServer server = new ModelServer(content)) {
            assertThat(fetch(server)).hasBinaryContent(content);
            assertThat(server.requests()).containsExactly("bytes=1000- null null", FIRST);
        }
    }

    @Test
    void takesAPartThatIsComplete() throws Exception {
        writePart(content);
        try (ModelServer server = new ModelServer(content)) {
            assertThat(fetch(server)).hasBinaryContent(content);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void downloadsWithoutAKnownLength() throws Exception {
        try (ModelServer server = new ModelServer(content, CHUNKED)) {
            Download download = new Download(server.url(), sha256, -1, "small.gguf");
            assertThat(store().fetch(download, Progress.silent())).hasBinaryContent(content);
        }
    }

    @Test
    void triesAgainWhenTheServerIsBusyOrFallsSilent() throws Exception {
        try (ModelServer server = new ModelServer(content, BUSY, STALL)) {
            assertThat(fetch(server)).hasBinaryContent(content);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void givesUpAfterFiveAttemptsAndKeepsWhatHasCome() throws Exception {
        writePart(Arrays.copyOf(content, 1000));
        try (ModelServer server = new ModelServer(content, BUSY, BUSY, BUSY, BUSY, BUSY)) {
            assertRefused(
                    download(server),
                    "The download of " + server.url() + " was given up after 5 attempts: the server answered with"
                            + " status 503. What has come (1000 bytes) is kept; the next build goes on from there.");
            assertThat(leftBeside()).contains("small.gguf.part");
        }
    }

    @Test
    void refusesAndRemovesWhatHasAnotherDigest() throws Exception {
        String digest = FileDigests.hex(Sha256.create().digest(new byte[content.length]));
        try (ModelServer server = new ModelServer(content, OTHER_CONTENT)) {
            assertRefused(
                    download(server),
                    "What " + server.url() + " sent is not the expected model: its sha256 is " + digest + " instead of "
                            + sha256 + ". It was removed. Check the address and the digest; if both are right, do not"
                            + " trust that server.");
            assertThat(leftBeside()).containsExactly(".lock");
        }
    }

    @Test
    void refusesAnotherLengthBeforeItDownloads() throws Exception {
        try (ModelServer server = new ModelServer(content)) {
            assertRefused(
                    new Download(server.url(), sha256, 1_187_801_280, "small.gguf"),
                    "The server offers 200000 bytes as " + server.url() + ", but the model has 1187801280. It was"
                            + " replaced, or a proxy answers in its place; check the address.");
        }
    }

    @Test
    void refusesWhatTheDiskCannotHold() throws Exception {
        long bytes = Long.MAX_VALUE / 4;
        assertThatThrownBy(() -> HttpDownload.requireSpace(cache.resolve("part"), bytes))
                .isInstanceOf(ModelException.class)
                .hasMessageMatching("The disk of " + cache + " has \\d+ bytes free, but the model needs " + bytes
                        + " and the build some more\\. Free some room, or set the environment variable XDG_CACHE_HOME to"
                        + " a directory on another disk\\.");
    }

    @Test
    void saysWhatToDoAboutALogin() throws Exception {
        try (ModelServer server = new ModelServer(content, LOGIN)) {
            assertRefused(
                    download(server),
                    "The server answered the download of " + server.url() + " with status 401: it wants a login. For a"
                            + " model of the Hugging Face hub, accept its licence there and set the environment"
                            + " variable HF_TOKEN.");
        }
    }

    @Test
    void saysWhenThereIsNoSuchFile() throws Exception {
        try (ModelServer server = new ModelServer(content, MISSING)) {
            assertRefused(
                    download(server),
                    "The server answered the download of " + server.url()
                            + " with status 404: there is no such file. Check the address.");
        }
    }

    @Test
    void givesTheTokenToTheHubAndToNobodyElse() throws Exception {
        try (ModelServer elsewhere = new ModelServer(content);
                ModelServer hub = new ModelServer(content).redirectTo(elsewhere.address() + "/cdn?signature=x")) {
            Map<String, String> environment = Map.of("HF_TOKEN", "hf_secret", "HF_ENDPOINT", hub.address() + "/");
            assertThat(store(environment).fetch(download(hub), Progress.silent())).hasBinaryContent(content);
            assertThat(hub.requests()).containsExactly("null null Bearer hf_secret");
            assertThat(elsewhere.requests()).containsExactly(FIRST);
        }
    }

    @Test
    void neverPrintsATokenThatIsUnusable() throws Exception {
        try (ModelServer hub = new ModelServer(content)) {
            ModelStore store = store(Map.of("HF_TOKEN", "hf_sec\nret", "HF_ENDPOINT", hub.address()));
            assertThatThrownBy(() -> store.fetch(download(hub), Progress.silent()))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("The environment variable HF_TOKEN holds characters that no token has.")
                    .hasNoCause();
        }
    }

    @Test
    void refusesRedirectsInACircleAndToOtherSchemes() throws Exception {
        try (ModelServer server = new ModelServer(content)) {
            server.redirectTo(server.url().toString());
            assertRefused(
                    download(server),
                    "The download of " + server.url() + " was redirected more than 10 times. Check the address.");
            server.redirectTo("file:///etc/passwd");
            assertRefused(
                    download(server),
                    "The download of " + server.url()
                            + " was redirected to an address that is not HTTPS, or none at all. Check the address.");
        }
    }

    @Test
    void refusesAModelThatWasChangedInTheStore() throws Exception {
        try (ModelServer server = new ModelServer(content)) {
            Path file = fetch(server);
            Files.write(file, new byte[7]);
            String digest = FileDigests.hex(Sha256.create().digest(new byte[7]));
            assertRefused(
                    download(server),
                    "The model " + file + " was changed after its download: its sha256 is " + digest + " instead of "
                            + sha256 + ". Remove it; the next build downloads it again.");
        }
    }

    @Test
    void downloadsOnceForBuildsAtTheSameTime() throws Exception {
        try (ModelServer server = new ModelServer(content)) {
            var builds = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                        try {
                            return fetch(server);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .limit(4)
                    .toList();
            for (var build : builds) {
                assertThat(build.get(30, TimeUnit.SECONDS)).hasBinaryContent(content);
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void takesProxiesFromTheEnvironment() {
        EnvironmentProxies proxies = new EnvironmentProxies(Map.of(
                "HTTPS_PROXY", "http://proxy.example:3128", "http_proxy", "other.example:80",
                "no_proxy", "internal.example, .corp.example:443"));
        assertThat(proxies.select(URI.create("https://huggingface.co/x")).get(0).toString())
                .contains("HTTP", "proxy.example", "3128");
        assertThat(proxies.select(URI.create("http://huggingface.co/x")).get(0).toString())
                .contains("other.example");
        for (String direct : new String[] {"https://internal.example/", "https://a.corp.example/", "http://127.0.0.1/"}) {
            assertThat(proxies.select(URI.create(direct))).containsExactly(Proxy.NO_PROXY);
        }
    }

    private Path place() {
        return cache.resolve("models").resolve(sha256).resolve("small.gguf");
    }

    private List<String> leftBeside() throws IOException {
        try (Stream<Path> files = Files.list(place().getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void writePart(byte[] bytes) throws IOException {
        Files.createDirectories(place().getParent());
        Files.write(place().resolveSibling("small.gguf.part"), bytes);
    }

    private Download download(ModelServer server) {
        return new Download(server.url(), sha256, content.length, "small.gguf");
    }

    private Path fetch(ModelServer server) throws ModelException {
        return store().fetch(download(server), Progress.silent());
    }

    private ModelStore store() throws ModelException {
        return store(Map.of());
    }

    private ModelStore store(Map<String, String> environment) throws ModelException {
        return new ModelStore(cache, environment, null, Duration.ofMillis(700), Duration.ofMillis(1));
    }

    private void assertRefused(Download download, String message) throws ModelException {
        ModelStore store = store();
        assertThatThrownBy(() -> store.fetch(download, Progress.silent()))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
    }
}
