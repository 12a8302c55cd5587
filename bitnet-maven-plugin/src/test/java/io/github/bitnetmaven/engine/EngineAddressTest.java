package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineAddressTest {
    @TempDir
    Path directory;

    private Path root;
    private Path home;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aMachineWithoutAnyEngine() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        home = Files.createDirectory(directory.resolve("home"));
    }

    @Test
    void theConfiguredHostBeatsEverything() throws Exception {
        environment.put("DOCKER_HOST", "unix:///from/environment.sock");
        EngineAddress address = EngineAddress.resolve(" unix:///configured.sock ", null, host());
        assertThat(address).hasToString("unix:///configured.sock");
        assertThat(address.origin()).isEqualTo("<dockerHost> (docker.host)");
        assertThat(address.isLocal()).isTrue();
        assertThat(address.host()).isEqualTo("127.0.0.1");
    }

    @Test
    void theEnvironmentBeatsTheContext() throws Exception {
        environment.put("DOCKER_HOST", "unix:///from/environment.sock");
        context("remote", "{\"Host\":\"tcp://build.example:2375\"}");
        select("remote");
        assertThat(resolve()).hasToString("unix:///from/environment.sock");
    }

    @Test
    void theCurrentContextOfTheDockerCommandIsFollowed() throws Exception {
        context("remote", "{\"Host\":\"tcp://build.example\"}");
        select("remote");
        EngineAddress address = resolve();
        assertThat(address).hasToString("http://build.example:2375");
        assertThat(address.origin()).isEqualTo("the docker context 'remote'");
        assertThat(address.isLocal()).isFalse();
        assertThat(address.host()).isEqualTo("build.example");
    }

    @Test
    void aContextWithCertificatesMeansTls() throws Exception {
        context("remote", "{\"Host\":\"tcp://build.example:2376\"}");
        Path certificates = home.resolve(".docker/contexts/tls").resolve(sha256("remote")).resolve("docker");
        Files.createDirectories(certificates);
        environment.put("DOCKER_CONTEXT", "remote");
        assertThat(resolve()).hasToString("https://build.example:2376");
        assertThat(resolve().certificates()).isEqualTo(certificates);
    }

    @Test
    void theDefaultContextIsTheWellKnownSocket() throws Exception {
        select("default");
        assertThat(resolve()).hasToString("unix://" + root.resolve("var/run/docker.sock"));
    }

    @Test
    void aContextThatIsGoneIsNamed() throws Exception {
        select("lost");
        assertThatThrownBy(this::resolve)
                .isInstanceOf(EngineException.class)
                .hasMessage("There is no docker context 'lost' (named in " + home.resolve(".docker/config.json")
                        + "). Choose one that 'docker context ls' lists, or set docker.host.");
    }

    @Test
    void aContextThatSkipsVerificationIsRefused() throws Exception {
        context("loose", "{\"Host\":\"tcp://build.example:2376\",\"SkipTLSVerify\":true}");
        environment.put("DOCKER_CONTEXT", "loose");
        assertThatThrownBy(this::resolve)
                .hasMessageStartingWith("The docker context 'loose' in ")
                .hasMessageEndingWith(" skips the verification of certificates, which is not supported. Give it the"
                        + " certificate authority of the engine (docker context update).");
    }

    @Test
    void aBrokenConfigurationIsNamedWithoutItsContent() throws Exception {
        Path file = home.resolve(".docker/config.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"auths\": secret");
        assertThatThrownBy(this::resolve)
                .hasMessage("The file " + file + " cannot be read as JSON (JsonParseException). Mend it, or set"
                        + " docker.host.");
    }

    @Test
    void thereMayBeADifferentDirectoryForTheDockerConfiguration() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("config.json"), "{\"currentContext\":\"default\"}");
        environment.put("DOCKER_CONFIG", elsewhere.toString());
        select("lost");
        assertThat(resolve()).hasToString("unix://" + root.resolve("var/run/docker.sock"));
    }

    @Test
    void aRootlessEngineIsFoundWhereThereIsNoOther() throws Exception {
        Path runtime = Files.createDirectory(directory.resolve("runtime"));
        environment.put("XDG_RUNTIME_DIR", runtime.toString());
        Files.createFile(runtime.resolve("docker.sock"));
        assertThat(resolve()).hasToString("unix://" + runtime.resolve("docker.sock"));
    }

    @Test
    void podmanComesLast() throws Exception {
        Files.createDirectories(root.resolve("run/podman"));
        Files.createFile(root.resolve("run/podman/podman.sock"));
        assertThat(resolve()).hasToString("unix://" + root.resolve("run/podman/podman.sock"));

        Files.createDirectories(root.resolve("var/run"));
        Files.createFile(root.resolve("var/run/docker.sock"));
        assertThat(resolve()).hasToString("unix://" + root.resolve("var/run/docker.sock"));
    }

    @Test
    void windowsHasANamedPipe() throws Exception {
        EngineAddress address =
                EngineAddress.resolve(null, null, new EngineAddress.Host(environment, home, root, true));
        assertThat(address).hasToString("npipe:////./pipe/docker_engine");
        assertThat(address.uri().getPath()).isEqualTo("//./pipe/docker_engine");
    }

    @Test
    void aSocketMayHaveASpaceInItsPath() throws Exception {
        EngineAddress address = EngineAddress.resolve("unix:///a b/docker.sock", null, host());
        assertThat(address.uri().getPath()).isEqualTo("/a b/docker.sock");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://engine:2375, , , http://engine:2375",
        "tcp://engine:2376, , , http://engine:2376",
        "tcp://engine, , , http://engine:2375",
        "tcp://engine, 1, , https://engine:2376",
        "tcp://engine:2375, 1, , https://engine:2375",
        "tcp://engine:9999, , /certificates, https://engine:9999",
        "http://engine:9999, , /certificates, http://engine:9999",
        "https://engine:9999, , , https://engine:9999",
        "tcp://[::1]:2375, , , http://[::1]:2375"
    })
    void tlsIsUsedWhereItIsAskedFor(String given, String verify, String certPath, String expected) throws Exception {
        if (verify != null) {
            environment.put("DOCKER_TLS_VERIFY", verify);
        }
        EngineAddress address = EngineAddress.resolve(given, certPath, host());
        assertThat(address).hasToString(expected);
        assertThat(address.certificates() != null).isEqualTo(expected.startsWith("https"));
    }

    @Test
    void certificatesAreLookedForWhereDockerDoes() throws Exception {
        environment.put("DOCKER_HOST", "tcp://engine:2376");
        environment.put("DOCKER_TLS_VERIFY", "1");
        assertThat(resolve().certificates()).isEqualTo(home.resolve(".docker"));
        environment.put("DOCKER_CERT_PATH", "/etc/certificates");
        assertThat(resolve().certificates()).isEqualTo(Path.of("/etc/certificates"));
        assertThat(EngineAddress.resolve(null, "/explicit", host()).certificates()).isEqualTo(Path.of("/explicit"));
    }

    @Test
    void sshIsRefusedWithAWayOut() {
        assertThatThrownBy(() -> EngineAddress.resolve("ssh://me:secret@build.example", null, host()))
                .isInstanceOf(EngineException.class)
                .hasMessage("The Docker engine is at ssh://build.example (from <dockerHost> (docker.host)), and ssh://"
                        + " is not supported. Forward its socket (for example: ssh -nNT -L"
                        + " /tmp/docker.sock:/var/run/docker.sock HOST) and set docker.host to"
                        + " unix:///tmp/docker.sock.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/var/run/docker.sock  | it must start with unix://, npipe:// or tcp://",
        "ftp://engine          | it must start with unix://, npipe:// or tcp://",
        "unix://docker.sock    | the path of the socket must be absolute",
        "tcp://                | it is not a URL",
        "tcp://a b:1           | it is not a URL",
        "tcp://:2375           | it must look like tcp://host:2376",
        "tcp://engine:2375/api | a path after the port is not supported"
    })
    void whatIsNoAddressIsRefused(String given, String reason) {
        assertThatThrownBy(() -> EngineAddress.resolve(given, null, host()))
                .isInstanceOf(EngineException.class)
                .hasMessage("The engine address '" + given + "' in <dockerHost> (docker.host) cannot be used: " + reason
                        + ".");
    }

    private EngineAddress resolve() throws EngineException {
        return EngineAddress.resolve(null, null, host());
    }

    private EngineAddress.Host host() {
        return new EngineAddress.Host(environment, home, root, false);
    }

    private void select(String context) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"" + context + "\"}");
    }

    private void context(String name, String endpoint) throws Exception {
        Path meta = home.resolve(".docker/contexts/meta").resolve(sha256(name));
        Files.createDirectories(meta);
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"" + name + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":" + endpoint + "}}");
    }

    private static String sha256(String name) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
