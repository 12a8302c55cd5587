package io.github.bitnetmaven.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The docker command's {@code ca.pem}, {@code cert.pem} and {@code key.pem} as what Java's TLS wants. */
final class ClientCertificates {
    private static final int LARGEST_FILE = 1 << 20;
    private static final Pattern PEM_KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC |ENCRYPTED )?)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END ");

    /** DER of version 0 and the algorithm identifier rsaEncryption, which PKCS#8 puts before a PKCS#1 key. */
    private static final byte[] RSA_HEADER = {
        0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01,
        0x01, 0x05, 0x00
    };

    private final Path directory;

    /** @param directory that holds the files; {@code ca.pem} alone is enough for an engine that asks for no client */
    ClientCertificates(Path directory) {
        this.directory = directory;
    }

    /** Trusts only {@code ca.pem}, or what Java trusts when there is none. */
    SSLContext context() throws EngineException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = keys();
            TrustManagerFactory trust = trust();
            context.init(
                    keys == null ? null : keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new EngineException("The certificates in " + directory + " (ca.pem, cert.pem, key.pem) cannot be"
                    + " read: " + Printable.line(String.valueOf(e.getMessage())) + ". Check DOCKER_CERT_PATH or"
                    + " <certPath>.", e);
        }
    }

    private @Nullable TrustManagerFactory trust() throws IOException, GeneralSecurityException {
        Path file = directory.resolve("ca.pem");
        if (!Files.exists(file)) {
            return null;
        }
        KeyStore store = emptyStore();
        int index = 0;
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("ca" + index++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private @Nullable KeyManagerFactory keys() throws IOException, GeneralSecurityException, EngineException {
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("cert.pem");
        if (!Files.exists(key) && !Files.exists(certificate)) {
            return null;
        }
        KeyStore store = emptyStore();
        // The store lives in memory only: its password protects nothing.
        char[] password = new char[0];
        Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
        store.setKeyEntry("client", privateKey(key), password, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory;
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException, EngineException {
        Matcher pem = PEM_KEY.matcher(new String(read(file), StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new EngineException("The file " + file + " holds no private key in PEM form.");
        }
        String kind = pem.group(1).strip();
        if (kind.equals("EC") || kind.equals("ENCRYPTED")) {
            throw new EngineException("The private key in " + file + " must be an unencrypted PKCS#8 or RSA key."
                    + " Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out key8.pem && mv key8.pem key.pem.");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
        PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(kind.equals("RSA") ? pkcs8(der) : der);
        for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(key);
            } catch (InvalidKeySpecException e) {
                // Another algorithm's key: PKCS#8 says which only inside.
                continue;
            }
        }
        throw new EngineException("The private key in " + file + " is neither an RSA nor an elliptic-curve key.");
    }

    private static byte[] pkcs8(byte[] pkcs1) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_HEADER);
        inner.writeBytes(der(0x04, pkcs1));
        return der(0x30, inner.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            // DER wants the shortest form; a positive BigInteger may start with a zero byte for its sign.
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int sign = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - sign));
            out.write(length, sign, length.length - sign);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(read(file)));
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException(file + " is larger than 1 MB");
        }
        return Files.readAllBytes(file);
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
