package io.github.bitnetmaven.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.image.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads from one repository of a registry (OCI distribution specification 1.1, "pull"). Safe for use by several threads.
 */
public final class RegistryClient {
    /** Registries refuse manifests of more than 4 MiB; no configuration is longer either. */
    private static final int MAXIMUM_METADATA = 8 << 20;

    private static final int MAXIMUM_ERROR = 1 << 16;
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final Repository repository;
    private final RegistryAccess access;
    private final RegistryHttp http;
    private final Login login;
    private @Nullable URI base;

    public RegistryClient(Repository repository, RegistryAccess access) {
        this.repository = repository;
        this.access = access;
        this.http = new RegistryHttp(access);
        this.login = new Login(repository, access.credentials(), http);
    }

    /**
     * A manifest or an index.
     *
     * @param reference tag or digest; what is returned has the digest
     */
    public byte[] manifest(String reference) throws ImageException {
        boolean byDigest = reference.indexOf(':') >= 0;
        String name = repository.path() + (byDigest ? "@" : ":") + reference;
        HttpResponse<InputStream> response = get("manifests/" + reference, Map.of("Accept", MANIFESTS));
        if (response.statusCode() == 404) {
            RegistryHttp.close(response);
            throw new ImageException("The registry " + repository.registry() + " has no image '" + name
                    + "'. Push it first, or check its name.");
        }
        require(response, 200);
        byte[] content = http.body(response, MAXIMUM_METADATA, "manifest of '" + name + "'");
        String said = response.headers().firstValue("Docker-Content-Digest").orElse("");
        requireDigest(content, byDigest ? reference : said, "manifest of '" + name + "'");
        return content;
    }

    /**
     * A configuration.
     *
     * @param bytes how long it is
     */
    public byte[] configuration(String digest, long bytes) throws ImageException {
        if (bytes < 0 || bytes > MAXIMUM_METADATA) {
            throw new ImageException("The image's configuration " + digest + " has " + bytes + " bytes, as its manifest"
                    + " says; no image needs more than " + MAXIMUM_METADATA + ".");
        }
        try (InputStream in = layer(digest, bytes)) {
            byte[] content = in.readAllBytes();
            requireDigest(content, digest, "image's configuration");
            return content;
        } catch (IOException e) {
            throw new ImageException("The image's configuration " + digest + " cannot be read: " + e.getMessage()
                    + (String.valueOf(e.getMessage()).endsWith(".") ? "" : "."), e);
        }
    }

    /**
     * A layer. Whoever reads it checks its digest. The stream fails when it has not just so many bytes; it may be closed by
     * any thread.
     */
    public InputStream layer(String digest, long bytes) {
        return new BlobStream(offset -> open(digest, bytes, offset), bytes);
    }

    private InputStream open(String digest, long bytes, long offset) throws IOException, ImageException {
        Map<String, String> range = offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-");
        HttpResponse<InputStream> response = get("blobs/" + digest, range);
        if (response.statusCode() == 404) {
            RegistryHttp.close(response);
            throw new ImageException("The registry " + repository.registry() + " does not have the blob " + digest
                    + ", although the image's manifest names it. Push the image again.");
        }
        boolean goesOn = response.statusCode() == 206
                && response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + offset + "-");
        if (!goesOn) {
            require(response, 200);
            long offered = response.headers().firstValueAsLong("Content-Length").orElse(bytes);
            if (offered != bytes) {
                RegistryHttp.close(response);
                throw new ImageException("The registry " + repository.registry() + " offers " + offered
                        + " bytes as the blob " + digest + ", but its descriptor says " + bytes
                        + ". Push the image again.");
            }
        }
        InputStream body = new StallGuard(response.body(), access.idle());
        if (!goesOn) {
            body.skipNBytes(offset);
        }
        return body;
    }

    /** An answer of the registry, or of where it redirects to; its body is to be closed. */
    private HttpResponse<InputStream> get(String path, Map<String, String> headers) throws ImageException {
        URI address = base();
        URI target = address.resolve("/v2/" + repository.path() + "/" + path);
        boolean first = true;
        while (true) {
            String authorization = login.authorization();
            HttpResponse<InputStream> response = http.send(target, headers, authorization, null);
            boolean own = String.valueOf(response.uri().getAuthority()).equals(target.getAuthority());
            if (response.statusCode() == 403 && own) {
                RegistryHttp.close(response);
                throw login.denied();
            }
            if (response.statusCode() != 401 || !own) {
                return response;
            }
            RegistryHttp.close(response);
            login.answer(response.headers(), authorization, first, "http".equals(address.getScheme()));
            first = false;
        }
    }

    /** Plain HTTP only where it is allowed and the registry speaks it. */
    private synchronized URI base() throws ImageException {
        if (base == null) {
            URI plain = URI.create("http://" + repository.endpoint() + "/v2/");
            boolean isPlain = (repository.isLoopback() || access.insecure()) && speaksPlain(plain);
            base = isPlain ? plain : URI.create("https://" + repository.endpoint() + "/v2/");
        }
        return base;
    }

    /** A server with TLS answers a plain request with status 400, or with none. */
    private boolean speaksPlain(URI plain) throws ImageException {
        try {
            int status = http.status(plain);
            return status != 400 && (status < 300 || status >= 400);
        } catch (java.net.ConnectException e) {
            throw RegistryHttp.unreachable(plain, e);
        } catch (IOException e) {
            return false;
        }
    }

    private void require(HttpResponse<InputStream> response, int status) throws ImageException {
        int actual = response.statusCode();
        if (actual == status) {
            return;
        }
        String what = "The registry " + repository.registry() + " answered with status " + actual
                + errorCode(response).map(code -> " (" + code + ")").orElse("");
        if (actual == 429) {
            throw new ImageException(what + ": it limits how often images are read. Try again later, or log in.");
        }
        throw new ImageException(what + (actual >= 500 ? ". Try again later." : ". Check the name of the image."));
    }

    /** Such as {@code TOOMANYREQUESTS} (OCI distribution specification, "Error Codes"). */
    private Optional<String> errorCode(HttpResponse<InputStream> response) {
        try {
            byte[] json = http.body(response, MAXIMUM_ERROR, "error");
            JsonNode error = new ObjectMapper().readTree(json);
            String code = error.path("errors").path(0).path("code").asText("");
            return code.matches("[A-Z_]{1,40}") ? Optional.of(code) : Optional.empty();
        } catch (IOException | ImageException e) {
            return Optional.empty();
        }
    }

    /**
     * @param digest of SHA-256 or SHA-512; else it proves nothing
     */
    private static void requireDigest(byte[] content, String digest, String what) throws ImageException {
        String algorithm = digest.startsWith("sha256:") ? "SHA-256" : digest.startsWith("sha512:") ? "SHA-512" : "";
        if (algorithm.isEmpty()) {
            return;
        }
        try {
            byte[] sum = MessageDigest.getInstance(algorithm).digest(content);
            String actual = digest.substring(0, 7) + HexFormat.of().formatHex(sum);
            if (!actual.equals(digest)) {
                throw new ImageException("The " + what + " was altered: its digest is " + actual + ", not "
                        + Text.printable(digest) + ". Try again, or push the image again.");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
