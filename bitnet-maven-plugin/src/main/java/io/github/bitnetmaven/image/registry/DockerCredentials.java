package io.github.bitnetmaven.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.image.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Logins of the Docker configuration: {@code $DOCKER_CONFIG/config.json}, else {@code ~/.docker/config.json}. A helper of
 * {@code credHelpers} comes first, then {@code auths}, then {@code credsStore}
 * (https://docs.docker.com/reference/cli/docker/login/).
 */
public final class DockerCredentials implements CredentialSource {
    private static final int MAXIMUM_BYTES = 4 << 20;
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private final Path file;

    /**
     * @param file {@code config.json}, perhaps missing
     */
    DockerCredentials(Path file) {
        this.file = file;
    }

    /**
     * @param environment of the process: {@code DOCKER_CONFIG} is read
     * @param home the user's home directory
     */
    public static DockerCredentials of(Map<String, String> environment, Path home) {
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        return new DockerCredentials(
                (directory.isEmpty() ? home.resolve(".docker") : Path.of(directory).toAbsolutePath())
                        .resolve("config.json"));
    }

    @Override
    public Optional<Credential> find(Repository repository) throws ImageException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode configuration = read();
        for (String name : repository.loginNames()) {
            Optional<String> helper = value(configuration.path("credHelpers"), name).map(JsonNode::asText);
            if (helper.isPresent()) {
                return CredentialProgram.named(helper.get()).get(server(name));
            }
        }
        for (String name : repository.loginNames()) {
            Optional<JsonNode> entry = value(configuration.path("auths"), name);
            if (entry.isPresent()) {
                Optional<Credential> login = login(entry.get(), name);
                if (login.isPresent()) {
                    return login;
                }
            }
        }
        String store = configuration.path("credsStore").asText("");
        return store.isEmpty()
                ? Optional.empty()
                : CredentialProgram.named(store).get(server(repository.loginNames().get(0)));
    }

    private static String server(String name) {
        return HUB_KEY.contains("/" + name + "/") ? HUB_KEY : name;
    }

    private JsonNode read() throws ImageException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] json = in.readNBytes(MAXIMUM_BYTES);
            JsonNode configuration = new ObjectMapper().readTree(json);
            if (configuration != null && configuration.isObject()) {
                return configuration;
            }
        } catch (IOException e) {
            // The exception quotes the text, which may be a secret: it must not be the cause.
        }
        throw new ImageException("The Docker configuration " + file + " cannot be read, or is not JSON. Mend it, or"
                + " log in again with \"docker login\".");
    }

    /** Keys are hosts, or addresses such as {@code https://index.docker.io/v1/}. */
    private static Optional<JsonNode> value(JsonNode object, String name) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String host = entry.getKey().replaceFirst("^https?://", "").replaceFirst("/.*$", "");
            if (host.equalsIgnoreCase(name)) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    private Optional<Credential> login(JsonNode entry, String name) throws ImageException {
        String origin = file.toString();
        String token = entry.path("identitytoken").asText("");
        String pair = entry.path("auth").asText("");
        String user = entry.path("username").asText("");
        String password = entry.path("password").asText("");
        if (!pair.isEmpty()) {
            try {
                String decoded = new String(Base64.getDecoder().decode(pair.strip()), StandardCharsets.UTF_8);
                int colon = decoded.indexOf(':');
                user = colon < 0 ? "" : decoded.substring(0, colon);
                password = colon < 0 ? "" : decoded.substring(colon + 1).replaceFirst("\0+$", "");
            } catch (IllegalArgumentException e) {
                // The exception quotes the text: it must not be the cause.
                throw new ImageException("The login for " + name + " in " + file + " is damaged. Log in again with"
                        + " \"docker login\".");
            }
        }
        if (!token.isEmpty()) {
            return Optional.of(new Credential(user, token, true, origin));
        }
        return password.isEmpty() ? Optional.empty() : Optional.of(Credential.ofPassword(user, password, origin));
    }
}
