package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with certificates on both sides, as dockerd does with --tlsverify. Server and client share one key pair. */
class TlsEngineTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Three key pairs with self-signed certificates; making them takes the JDK's keytool a while. */
    private static KeyStore pairs;

    @TempDir
    Path directory;

    private HttpsServer server;

    @BeforeAll
    static void makeKeys(@TempDir Path keys) throws Exception {
        Path store = keys.resolve("keys.p12");
        generate(store, "RSA", "RSA", "SAN=ip:127.0.0.1");
        generate(store, "EC", "EC", "SAN=ip:127.0.0.1");
        generate(store, "elsewhere", "EC", "SAN=dns:elsewhere.example");
        pairs = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            pairs.load(in, PASSWORD);
        }
    }

    @BeforeEach
    void prepareServer() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void bothSidesShowTheirCertificates(String algorithm) throws Exception {
        start(algorithm);
        assertThat(connect().version().path("ApiVersion").asText()).isEqualTo("1.41");
    }

    @Test
    void anRsaKeyInItsOlderFormWillDo() throws Exception {
        start("RSA");
        // The PKCS#1 key is the last element of the PKCS#8 one, after 26 bytes of heads for 2,048 bits.
        byte[] pkcs8 = pairs.getKey("RSA", PASSWORD).getEncoded();
        pem("key.pem", "RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
        assertThat(connect().version().path("ApiVersion").asText()).isEqualTo("1.41");
    }

    @Test
    void anEngineWithAnotherNameIsRefused() throws Exception {
        start("elsewhere");
        assertTlsFailure();
    }

    @Test
    void anEngineOfAnotherAuthorityIsRefused() throws Exception {
        start("EC");
        pem("ca.pem", "CERTIFICATE", pairs.getCertificate("RSA").getEncoded());
        assertTlsFailure();
    }

    @Test
    void aClientWithoutAKeyIsRefused() throws Exception {
        start("EC");
        Files.delete(directory.resolve("key.pem"));
        Files.delete(directory.resolve("cert.pem"));
        assertThatThrownBy(this::connect).isInstanceOf(EngineException.class);
    }

    @Test
    void aMissingKeyIsNamed() throws Exception {
        start("EC");
        Files.delete(directory.resolve("key.pem"));
        assertThatThrownBy(this::connect)
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("The certificates in " + directory
                        + " (ca.pem, cert.pem, key.pem) cannot be read: ")
                .hasMessageContaining("key.pem");
    }

    @Test
    void anEncryptedKeyIsRefusedWithTheMend() throws Exception {
        start("EC");
        pem("key.pem", "ENCRYPTED PRIVATE KEY", new byte[10]);
        assertThatThrownBy(this::connect)
                .hasMessage("The private key in " + directory.resolve("key.pem") + " must be an unencrypted PKCS#8 or"
                        + " RSA key. Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out key8.pem && mv key8.pem"
                        + " key.pem.");
    }

    private void assertTlsFailure() {
        String address = "https://127.0.0.1:" + server.getAddress().getPort();
        assertThatThrownBy(this::connect)
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("TLS to the Docker engine at " + address + " (<dockerHost> (docker.host)) failed: ");
    }

    private DockerEngine connect() throws EngineException {
        EngineAddress.Host host = new EngineAddress.Host(Map.of(), directory, directory, false);
        String address = "tcp://127.0.0.1:" + server.getAddress().getPort();
        return DockerEngine.connect(EngineAddress.resolve(address, directory.toString(), host));
    }

    private void start(String pair) throws Exception {
        pem("ca.pem", "CERTIFICATE", pairs.getCertificate(pair).getEncoded());
        pem("cert.pem", "CERTIFICATE", pairs.getCertificate(pair).getEncoded());
        pem("key.pem", "PRIVATE KEY", pairs.getKey(pair, PASSWORD).getEncoded());
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("engine", pairs.getKey(pair, PASSWORD), PASSWORD, pairs.getCertificateChain(pair));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", pairs.getCertificate(pair));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/version", exchange -> {
            byte[] body = "{\"ApiVersion\":\"1.41\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static void generate(Path store, String alias, String algorithm, String names) throws Exception {
        Path log = store.resolveSibling("keytool.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", alias, "-keyalg", algorithm, "-dname", "CN=" + alias, "-ext", names,
                        "-keystore", store.toString(), "-storepass", new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as("keytool, see %s", log).isZero();
    }

    private void pem(String file, String kind, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                directory.resolve(file), "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
