package io.github.bitnetmaven.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Gives out the tokens that a registry with {@code auth: token} wants: to {@link RegistryServer#USER} for all, to anybody
 * for repositories below {@code public/}.
 */
public final class TokenServer implements AutoCloseable {
    static final String SERVICE = "test-registry";
    static final String ISSUER = "test-issuer";
    private static final String STORE_PASSWORD = "changeit";

    private final HttpServer server;
    private final PrivateKey key;
    private final Certificate certificate;
    private final Path bundle;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public TokenServer(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = Files.createDirectories(directory).resolve("token.p12");
        Docker.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), Map.of(), directory,
                "-genkeypair", "-alias", "token", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=test",
                "-keystore", store.toString(), "-storepass", STORE_PASSWORD, "-storetype", "PKCS12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        this.key = (PrivateKey) keys.getKey("token", STORE_PASSWORD.toCharArray());
        this.certificate = keys.getCertificate("token");
        this.bundle = Files.writeString(
                directory.resolve("token.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::answer);
        server.start();
    }

    String realm() {
        return "http://localhost:" + server.getAddress().getPort() + "/token";
    }

    Path certificate() {
        return bundle;
    }

    /** Who asked for what, such as {@code bob repository:acme/app:pull}. */
    public List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String basic = Base64.getEncoder()
                    .encodeToString((RegistryServer.USER + ":" + RegistryServer.PASSWORD)
                            .getBytes(StandardCharsets.UTF_8));
            boolean known = ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String query = exchange.getRequestURI().getQuery();
            String scope = query.replaceFirst(".*scope=([^&]*).*", "$1");
            asked.add((known ? RegistryServer.USER : "anybody") + " " + scope);
            String[] parts = scope.split(":");
            boolean granted = parts.length == 3 && (known || parts[1].startsWith("public/"));
            byte[] answer = ("{\"token\":\"" + token(granted ? parts : new String[0]) + "\",\"expires_in\":300}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private String token(String[] granted) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String access = granted.length == 0
                ? ""
                : "{\"type\":\"%s\",\"name\":\"%s\",\"actions\":[\"%s\"]}"
                        .formatted(granted[0], granted[1], granted[2].replace(",", "\",\""));
        String header = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\""
                + Base64.getEncoder().encodeToString(certificate.getEncoded()) + "\"]}";
        String claims = "{\"iss\":\"%s\",\"sub\":\"\",\"aud\":\"%s\",\"exp\":%d,\"nbf\":%d,\"iat\":%d,\"jti\":\"%s\",\"access\":[%s]}"
                .formatted(ISSUER, SERVICE, now + 300, now - 60, now - 60, UUID.randomUUID(), access);
        String text = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
