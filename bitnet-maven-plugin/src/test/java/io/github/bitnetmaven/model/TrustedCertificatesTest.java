package io.github.bitnetmaven.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.progress.Progress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server whose certificate only the user knows, as behind a proxy that intercepts TLS. */
final class TrustedCertificatesTest {
    private static final byte[] CONTENT = GgufBytes.model(40);

    @TempDir
    Path temp;

    private Path fetch(HttpsServer server, @Nullable Path certificates) throws Exception {
        String sha256 = FileDigests.hex(Sha256.create().digest(CONTENT));
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/m.gguf");
        return new ModelStore(temp, Map.of(), certificates, Duration.ofSeconds(5), Duration.ofMillis(1))
                .fetch(new Download(url, sha256, CONTENT.length, "m.gguf"), Progress.silent());
    }

    @Test
    void theUsersCertificatesAreTrustedBesideJavasOwn() throws Exception {
        Path pem = temp.resolve("own.pem");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(pem)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        server.start();
        try {
            assertThatThrownBy(() -> fetch(server, null))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("unable to find valid certification path");
            assertThat(fetch(server, pem)).hasBinaryContent(CONTENT);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aDamagedCertificateIsToldWithItsOption() throws Exception {
        Path pem = Files.writeString(
                temp.resolve("bad.pem"), "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> TrustedCertificates.with(pem))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("The certificates in " + pem
                        + ", <caCertificates> (-Dbitnet.caCertificates), cannot be used: ");
    }

    private SSLContext context(Path pem) throws Exception {
        String store = temp.resolve("own.p12").toString();
        keytool("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=own", "-ext", "SAN=ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", store, "-storepass", "changeit");
        keytool("-exportcert", "-rfc", "-alias", "own", "-keystore", store, "-storepass", "changeit", "-file",
                pem.toString());
        KeyStore keys = KeyStore.getInstance(Path.of(store).toFile(), "changeit".toCharArray());
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
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
