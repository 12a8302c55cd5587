package io.github.bitnetmaven.it;

import static io.github.bitnetmaven.it.FetchContainers.awaitExit;
import static io.github.bitnetmaven.it.FetchContainers.awaitHealthy;
import static io.github.bitnetmaven.it.FetchContainers.log;
import static io.github.bitnetmaven.it.FetchImage.MODEL;
import static io.github.bitnetmaven.it.FetchImage.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.it.ModelHost.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whom the download tells its token, and what it goes through: redirections, proxies, certificates. */
class FetchNetworkIT {
    private static final String TOKEN = "hf_secretSECRETsecret";

    @TempDir
    static Path directory;

    @RegisterExtension
    final FetchContainers containers = new FetchContainers();

    @Test
    void theTokenGoesToTheHubAndNowhereElse() throws Exception {
        Path secret = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        try (ModelHost other = new ModelHost(MODEL);
                ModelHost hub = new ModelHost(MODEL).redirectTo(other.address() + "/cdn?signature=SIGNED")) {
            String container = containers.start(
                    "--env", "HF_ENDPOINT=" + hub.address(), "--volume", secret + ":/run/secrets/hf_token:ro");
            awaitHealthy(container);
            assertThat(hub.requests()).containsExactly(new Request(PATH, "", "Bearer " + TOKEN));
            assertThat(other.requests()).containsExactly(new Request("/cdn?signature=SIGNED", "", ""));
            assertThat(log(container)).doesNotContain(TOKEN).doesNotContain("SIGNED");
        }
    }

    @Test
    void theTokenMayBeInTheEnvironment() throws Exception {
        try (ModelHost hub = new ModelHost(MODEL)) {
            String container = containers.start("--env", "HF_ENDPOINT=" + hub.address(), "--env", "HF_TOKEN=" + TOKEN);
            awaitHealthy(container);
            assertThat(hub.requests()).containsExactly(new Request(PATH, "", "Bearer " + TOKEN));
        }
    }

    @Test
    void aTokenThatCannotBeReadIsTold() throws Exception {
        String container = containers.start("--env", "HF_TOKEN_FILE=/run/secrets/none");
        assertThat(awaitExit(container)).isEqualTo(1);
        assertThat(log(container))
                .isEqualTo("bitnet-fetch: The token's file /run/secrets/none cannot be read: no such file or directory. Make"
                        + " it readable for user id 65532.");
    }

    @Test
    void aProxyIsAskedAndExceptionsAreKept() throws Exception {
        try (ModelHost proxy = new ModelHost(MODEL);
                ModelHost host = new ModelHost(MODEL)) {
            String address = "http://models.test:" + host.port() + PATH;
            String[] arguments = {
                "--add-host", "models.test:127.0.0.1",
                "--env", "HTTP_PROXY=" + proxy.address(),
                "--env", "BITNET_MODEL_URL=" + address
            };
            awaitHealthy(containers.start(arguments));
            assertThat(proxy.requests()).containsExactly(new Request(address, "", ""));
            assertThat(host.requests()).isEmpty();

            containers.mountNewVolume();
            List<String> exempt = new ArrayList<>(List.of(arguments));
            exempt.addAll(List.of("--env", "NO_PROXY=.test"));
            awaitHealthy(containers.start(exempt.toArray(String[]::new)));
            assertThat(proxy.requests()).hasSize(1);
            assertThat(host.requests()).hasSize(1);
        }
    }

    @Test
    void aCertificateOfOnesOwnIsTrustedWhenItIsMounted() throws Exception {
        Path pem = directory.resolve("own.pem");
        try (ModelHost host = new ModelHost(MODEL, ownCertificate(pem))) {
            String refused = containers.start(host);
            assertThat(awaitExit(refused)).isEqualTo(1);
            assertThat(log(refused))
                    .endsWith("bitnet-fetch: The server's certificate is not trusted: x509: certificate signed by unknown"
                            + " authority. Behind a proxy that intercepts TLS, mount its certificate (PEM) and name it, as"
                            + " in: docker run -v /path/to/ca.pem:/ca.pem:ro -e SSL_CERT_FILE=/ca.pem ...");
            String trusting = containers.start(
                    "--env", "BITNET_MODEL_URL=" + host.address() + PATH,
                    "--volume", pem + ":/ca.pem:ro",
                    "--env", "SSL_CERT_FILE=/ca.pem");
            awaitHealthy(trusting);
        }
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
