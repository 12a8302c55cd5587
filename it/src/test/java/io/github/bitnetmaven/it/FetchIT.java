package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.backend.Architecture;
import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.SourceFetcher;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.Variant;
import io.github.bitnetmaven.dockerfile.BuildContext;
import io.github.bitnetmaven.dockerfile.ContextRequest;
import io.github.bitnetmaven.dockerfile.ContextWriter;
import io.github.bitnetmaven.dockerfile.ImageLabels;
import io.github.bitnetmaven.dockerfile.ModelDownload;
import io.github.bitnetmaven.it.ModelHost.Behaviour;
import io.github.bitnetmaven.it.ModelHost.Request;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image of the placement {@code download}: {@code src/fetch} in real containers, hardened, on a real volume. */
class FetchIT {
    private static final String IMAGE = "bitnet-it/fetch:1.0";
    private static final String PATH = "/acme/model/resolve/main/model.gguf";
    private static final String TOKEN = "hf_secretSECRETsecret";

    @TempDir
    static Path directory;

    private static byte[] model;
    private static String sha256;

    private final List<String> containers = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();
    private String volume;

    @BeforeAll
    static void build() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("FetchIT: the model's seed is " + seed);
        model = new byte[300_000];
        new Random(seed).nextBytes(model);
        System.arraycopy("GGUF".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, model, 0, 4);
        sha256 = hex(model);
        BackendSettings backend = new BackendSettings(
                new DirectoryOrigin(Path.of(System.getProperty("it.tiny.backend"))),
                CompileIn.CONTAINER,
                System.getProperty("bitnet.backend.builderImage"),
                Kernels.I2_S,
                Linkage.STATIC,
                List.of("llama-server"),
                List.of());
        BackendPlan plan = BackendPlan.of(
                backend,
                new SourceFetcher(SourceFetcher.defaultCache()).fetch(backend.origin(), Progress.silent()),
                Architecture.ofThisMachine(),
                null,
                true);
        BuildContext context = ContextWriter.write(new ContextRequest(
                directory.resolve("context"),
                new ImageSettings(IMAGE, Variant.NATIVE, "scratch", 8001, List.of()),
                backend,
                plan,
                null,
                "scratch",
                "model.gguf",
                new ModelDownload("https://huggingface.co" + PATH, sha256, model.length),
                null,
                new ImageLabels(null, null, null, null, null)));
        Docker.buildWith(Docker.Builder.CLASSIC, context.directory(), IMAGE);
    }

    @AfterAll
    static void removeImage() throws Exception {
        Docker.forget(IMAGE);
    }

    @BeforeEach
    void createVolume() throws Exception {
        volume = newVolume();
    }

    @AfterEach
    void removeAll() throws Exception {
        for (String container : containers) {
            Docker.run("rm", "--force", container);
        }
        for (String each : volumes) {
            Docker.run("volume", "rm", each);
        }
    }

    @Test
    void theModelIsDownloadedOnceAndServed() throws Exception {
        try (ModelHost host = new ModelHost(model)) {
            String first = start(host);
            awaitHealthy(first);
            assertThat(log(first))
                    .contains("bitnet-fetch: Downloading " + host.address() + PATH + ".\n")
                    .contains("bitnet-fetch: The model is complete and its sha256 is right: /app/models/model.gguf.\n")
                    .contains("tiny llama-server listens");
            Docker.run("stop", first);
            assertThat(exitCode(first)).isZero();
            String second = start(host);
            awaitHealthy(second);
            assertThat(log(second)).startsWith("bitnet-fetch: The model /app/models/model.gguf is there.\n");
            assertThat(host.requests()).containsExactly(new Request(PATH, "", ""));
        }
    }

    @Test
    void aDownloadThatWasCutOffGoesOn() throws Exception {
        try (ModelHost host = new ModelHost(model, Behaviour.CUT, Behaviour.BUSY)) {
            String container = start(host);
            awaitHealthy(container);
            assertThat(log(container))
                    .contains("The download was interrupted (the connection ended after 150.0 kB: unexpected EOF); trying"
                            + " again in 1 s.\n")
                    .contains("The download was interrupted (the server answered with status 503); trying again in 2 s.\n");
            assertThat(host.requests())
                    .containsExactly(
                            new Request(PATH, "", ""),
                            new Request(PATH, "bytes=150000-", ""),
                            new Request(PATH, "bytes=150000-", ""));
        }
    }

    @Test
    void aStoppedContainerEndsAtOnceAndTheNextGoesOn() throws Exception {
        try (ModelHost host = new ModelHost(model, Behaviour.SLOW)) {
            String first = start(host);
            await(() -> !files().isEmpty() && host.requests().size() == 1);
            Thread.sleep(1000);
            Instant before = Instant.now();
            Docker.run("stop", "--time", "30", first);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(exitCode(first)).isEqualTo(143);
            assertThat(log(first))
                    .endsWith("bitnet-fetch: Ended by a signal (terminated). What has come of the model is kept; the next"
                            + " start goes on from there.");
            awaitHealthy(start(host));
            assertThat(host.requests()).hasSize(2);
            assertThat(host.requests().get(1).range()).matches("bytes=[1-9][0-9]*-");
        }
    }

    @Test
    void aContainerIsNotHealthyBeforeItsModelIsThere() throws Exception {
        try (ModelHost host = new ModelHost(model, Behaviour.SLOW)) {
            String container = start(host);
            await(() -> host.requests().size() == 1);
            assertThat(health(container)).isEqualTo("starting");
            awaitHealthy(container);
        }
    }

    @Test
    void anotherFileThanTheExpectedOneIsRemoved() throws Exception {
        try (ModelHost host = new ModelHost(model, Behaviour.OTHER_CONTENT)) {
            byte[] other = model.clone();
            other[other.length - 1] ^= 1;
            String container = start(host);
            assertThat(awaitExit(container)).isEqualTo(1);
            assertThat(log(container))
                    .endsWith("bitnet-fetch: What " + host.address() + PATH + " sent is not the expected model: its sha256 is "
                            + hex(other) + " instead of " + sha256 + ". It was removed. If the address and the digest are"
                            + " right, do not trust that server.");
            assertThat(files()).containsExactly(".model.gguf.lock");
        }
    }

    @Test
    void containersThatShareAVolumeDownloadOnce() throws Exception {
        try (ModelHost host = new ModelHost(model, Behaviour.SLOW)) {
            String first = start(host);
            await(() -> host.requests().size() == 1);
            String second = start(host);
            awaitHealthy(second);
            awaitHealthy(first);
            assertThat(log(second)).startsWith("bitnet-fetch: Waiting for another container that downloads model.gguf.\n");
            assertThat(host.requests()).hasSize(1);
        }
    }

    @Test
    void theTokenGoesToTheHubAndNowhereElse() throws Exception {
        Path secret = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        try (ModelHost other = new ModelHost(model);
                ModelHost hub = new ModelHost(model).redirectTo(other.address() + "/cdn?signature=SIGNED")) {
            String container = start(
                    "--env", "HF_ENDPOINT=" + hub.address(), "--volume", secret + ":/run/secrets/hf_token:ro");
            awaitHealthy(container);
            assertThat(hub.requests()).containsExactly(new Request(PATH, "", "Bearer " + TOKEN));
            assertThat(other.requests()).containsExactly(new Request("/cdn?signature=SIGNED", "", ""));
            assertThat(log(container)).doesNotContain(TOKEN).doesNotContain("SIGNED");
        }
    }

    @Test
    void theTokenMayBeInTheEnvironment() throws Exception {
        try (ModelHost hub = new ModelHost(model)) {
            String container = start("--env", "HF_ENDPOINT=" + hub.address(), "--env", "HF_TOKEN=" + TOKEN);
            awaitHealthy(container);
            assertThat(hub.requests()).containsExactly(new Request(PATH, "", "Bearer " + TOKEN));
        }
    }

    @Test
    void aTokenThatCannotBeReadIsTold() throws Exception {
        String container = start("--env", "HF_TOKEN_FILE=/run/secrets/none");
        assertThat(awaitExit(container)).isEqualTo(1);
        assertThat(log(container))
                .isEqualTo("bitnet-fetch: The token's file /run/secrets/none cannot be read: no such file or directory. Make"
                        + " it readable for user id 65532.");
    }

    @Test
    void aProxyIsAskedAndExceptionsAreKept() throws Exception {
        try (ModelHost proxy = new ModelHost(model);
                ModelHost host = new ModelHost(model)) {
            String address = "http://models.test:" + host.port() + PATH;
            String[] arguments = {
                "--add-host", "models.test:127.0.0.1",
                "--env", "HTTP_PROXY=" + proxy.address(),
                "--env", "BITNET_MODEL_URL=" + address
            };
            awaitHealthy(start(arguments));
            assertThat(proxy.requests()).containsExactly(new Request(address, "", ""));
            assertThat(host.requests()).isEmpty();

            volume = newVolume();
            List<String> exempt = new ArrayList<>(List.of(arguments));
            exempt.addAll(List.of("--env", "NO_PROXY=.test"));
            awaitHealthy(start(exempt.toArray(String[]::new)));
            assertThat(proxy.requests()).hasSize(1);
            assertThat(host.requests()).hasSize(1);
        }
    }

    @Test
    void aCertificateOfOnesOwnIsTrustedWhenItIsMounted() throws Exception {
        Path pem = directory.resolve("own.pem");
        try (ModelHost host = new ModelHost(model, ownCertificate(pem))) {
            String refused = start(host);
            assertThat(awaitExit(refused)).isEqualTo(1);
            assertThat(log(refused))
                    .endsWith("bitnet-fetch: The server's certificate is not trusted: x509: certificate signed by unknown"
                            + " authority. Behind a proxy that intercepts TLS, mount its certificate (PEM) and name it, as"
                            + " in: docker run -v /path/to/ca.pem:/ca.pem:ro -e SSL_CERT_FILE=/ca.pem ...");
            String trusting = start(
                    "--env", "BITNET_MODEL_URL=" + host.address() + PATH,
                    "--volume", pem + ":/ca.pem:ro",
                    "--env", "SSL_CERT_FILE=/ca.pem");
            awaitHealthy(trusting);
        }
    }

    @Test
    void withoutAVolumeAReadOnlyContainerSaysWhatToMount() throws Exception {
        volume = "";
        String container = start("--env", "BITNET_MODEL_URL=http://127.0.0.1:1/m.gguf");
        assertThat(awaitExit(container)).isEqualTo(1);
        assertThat(log(container))
                .isEqualTo("bitnet-fetch: The model is to be downloaded to /app/models, but user id 65532 cannot write there:"
                        + " read-only file system. Mount a volume that it can write to, as in: docker run -v"
                        + " bitnet-models:/app/models ...; for a directory of the host, run chown 65532 on it first.");
    }

    @Test
    void aDiskThatIsTooSmallIsToldBefore() throws Exception {
        volume = "";
        try (ModelHost host = new ModelHost(model)) {
            String container = start(
                    "--tmpfs", "/app/models:size=128k,mode=1777", "--env", "BITNET_MODEL_URL=" + host.address() + PATH);
            assertThat(awaitExit(container)).isEqualTo(1);
            assertThat(log(container))
                    .endsWith("bitnet-fetch: The disk of /app/models has 131.1 kB free, but the model needs 300.0 kB more."
                            + " Mount a larger volume, or free some room.");
        }
    }

    @Test
    void aDiskThatBecomesFullIsTold() throws Exception {
        volume = "";
        try (ModelHost host = new ModelHost(model, Behaviour.CHUNKED)) {
            String container = start(
                    "--tmpfs", "/app/models:size=128k,mode=1777",
                    "--env", "BITNET_MODEL_BYTES=",
                    "--env", "BITNET_MODEL_URL=" + host.address() + PATH);
            assertThat(awaitExit(container)).isEqualTo(1);
            assertThat(log(container))
                    .contains("bitnet-fetch: The disk became full while the model was downloaded to /app/models/model.gguf."
                            + " What has come (")
                    .endsWith(" is kept; free some room or mount a larger volume, and the next start goes on from there.");
        }
    }

    @Test
    void aFileThatIsNotOursIsLeftAlone() throws Exception {
        Path other = Files.writeString(directory.resolve("other.gguf"), "GGUF of somebody else");
        String container = start("--volume", other + ":/app/models/model.gguf:ro");
        assertThat(awaitExit(container)).isEqualTo(1);
        assertThat(log(container))
                .endsWith("bitnet-fetch: The file /app/models/model.gguf is not the model of this image: its sha256 is "
                        + hex(Files.readAllBytes(other)) + " instead of " + sha256 + ". Remove it, and the next start"
                        + " downloads the model; or set MODEL_PATH to another name in that directory.");
    }

    @Test
    void theModelGoesWhereModelPathSays() throws Exception {
        try (ModelHost host = new ModelHost(model)) {
            String container = start(
                    "--env", "BITNET_MODEL_URL=" + host.address() + PATH, "--env", "MODEL_PATH=/app/models/deep/m.gguf");
            awaitHealthy(container);
            assertThat(log(container)).contains("its sha256 is right: /app/models/deep/m.gguf.\n");
        }
    }

    @Test
    void whatTheServerHasNotIsNotAskedForAgain() throws Exception {
        try (ModelHost host = new ModelHost(model, Behaviour.MISSING, Behaviour.LOGIN)) {
            String missing = start(host);
            assertThat(awaitExit(missing)).isEqualTo(1);
            assertThat(log(missing))
                    .endsWith("bitnet-fetch: The server answered the download of " + host.address() + PATH
                            + " with status 404: there is no such file. Check the address.");
            String login = start(host);
            assertThat(awaitExit(login)).isEqualTo(1);
            assertThat(log(login))
                    .endsWith("bitnet-fetch: The server answered the download of " + host.address() + PATH
                            + " with status 401: it wants a login. For a model of the Hugging Face hub, accept its licence"
                            + " there and give a token by HF_TOKEN_FILE, by the secret /run/secrets/hf_token or by"
                            + " HF_TOKEN.");
            assertThat(host.requests()).hasSize(2);
        }
    }

    @Test
    void attemptsAreBounded() throws Exception {
        String container = start("--env", "BITNET_MODEL_URL=http://127.0.0.1:1" + PATH);
        assertThat(awaitExit(container)).isEqualTo(1);
        assertThat(log(container))
                .contains("trying again in 1 s.\n", "trying again in 2 s.\n", "trying again in 4 s.\n", "trying again in 8 s.\n")
                .endsWith("bitnet-fetch: The download of http://127.0.0.1:1" + PATH + " was given up after 5 attempts: dial tcp"
                        + " 127.0.0.1:1: connect: connection refused. What has come (0 B) is kept; the next start goes on"
                        + " from there.");
    }

    // ---- containers ----

    private String start(ModelHost host) throws Exception {
        return start("--env", "BITNET_MODEL_URL=" + host.address() + PATH);
    }

    /** As a careful user would start it, in the network of this machine, so that it reaches the hosts of these tests. */
    private String start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "run", "--detach", "--network=host", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges",
                "--env", "BITNET_PORT=" + freePort()));
        if (!volume.isEmpty()) {
            command.addAll(List.of("--volume", volume + ":/app/models"));
        }
        command.addAll(List.of(arguments));
        command.add(IMAGE);
        String container = Docker.run(command.toArray(String[]::new)).lines().reduce((a, b) -> b).orElseThrow();
        containers.add(container);
        return container;
    }

    private String newVolume() throws Exception {
        String name = Docker.run("volume", "create", "bitnet-it-fetch-" + UUID.randomUUID());
        volumes.add(name);
        return name;
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Names in the volume. */
    private List<String> files() throws Exception {
        String builder = System.getProperty("bitnet.backend.builderImage");
        return Docker.run("run", "--rm", "--volume", volume + ":/v", builder, "ls", "-A", "/v").lines().toList();
    }

    private static String log(String container) throws Exception {
        return Docker.run("logs", container);
    }

    private static String health(String container) throws Exception {
        return Docker.run("inspect", "--format", "{{.State.Health.Status}}", container);
    }

    private static int exitCode(String container) throws Exception {
        return Integer.parseInt(Docker.run("inspect", "--format", "{{.State.ExitCode}}", container));
    }

    private static int awaitExit(String container) throws Exception {
        return Integer.parseInt(Docker.run("wait", container));
    }

    /** Healthy as the image's own check sees it; asked here, because the engine asks every ten seconds only. */
    private static void awaitHealthy(String container) throws Exception {
        await(() -> {
            if (!Docker.run("inspect", "--format", "{{.State.Status}}", container).equals("running")) {
                throw new AssertionError("The container has ended: " + log(container));
            }
            try {
                Docker.run("exec", container, "/app/bin/bitnet-probe", "health");
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        });
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.holds()) {
            assertThat(Instant.now()).as("a minute has passed").isBefore(end);
            Thread.sleep(200);
        }
    }

    // ---- digests and certificates ----

    private static String hex(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static SSLContext ownCertificate(Path pem) throws Exception {
        Path store = directory.resolve("own.p12");
        keytool("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=models.test", "-ext", "SAN=ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit");
        keytool("-exportcert", "-rfc", "-alias", "own", "-keystore", store.toString(), "-storepass", "changeit", "-file",
                pem.toString());
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
