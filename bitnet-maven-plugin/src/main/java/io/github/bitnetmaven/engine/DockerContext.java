package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A context of the docker command, as kept under {@code ~/.docker/contexts} (github.com/docker/cli, cli/context/store):
 * the directory's name is the SHA-256 of the context's name.
 */
record DockerContext(String name, String host, @Nullable Path certificates) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_FILE = 1 << 20;

    /** The context in use; empty for the built-in default, which is the well-known socket. */
    static Optional<DockerContext> current(EngineAddress.Host machine) throws EngineException {
        String name = machine.variable("DOCKER_CONTEXT");
        String origin = "the environment variable DOCKER_CONTEXT";
        Path directory = machine.dockerConfiguration();
        if (name == null) {
            Path configuration = directory.resolve("config.json");
            if (!Files.isRegularFile(configuration)) {
                return Optional.empty();
            }
            name = read(configuration).path("currentContext").asText("");
            origin = configuration.toString();
        }
        if (name.isBlank() || name.equals("default")) {
            return Optional.empty();
        }
        return Optional.of(read(name, directory.resolve("contexts"), origin));
    }

    EngineAddress address() throws EngineException {
        return EngineAddress.parse(host, certificates, "the docker context '" + Printable.line(name) + "'");
    }

    private static DockerContext read(String name, Path store, String origin) throws EngineException {
        String key = sha256(name);
        Path meta = store.resolve("meta").resolve(key).resolve("meta.json");
        if (!Files.isRegularFile(meta)) {
            throw new EngineException("There is no docker context '" + Printable.line(name) + "' (named in " + origin
                    + "). Choose one that 'docker context ls' lists, or set docker.host.");
        }
        JsonNode endpoint = read(meta).path("Endpoints").path("docker");
        String host = endpoint.path("Host").asText("");
        if (host.isBlank()) {
            throw new EngineException("The docker context '" + Printable.line(name) + "' in " + meta
                    + " names no Docker host. Set docker.host.");
        }
        if (endpoint.path("SkipTLSVerify").asBoolean(false)) {
            throw new EngineException("The docker context '" + Printable.line(name) + "' in " + meta
                    + " skips the verification of certificates, which is not supported. Give it the certificate"
                    + " authority of the engine (docker context update).");
        }
        Path certificates = store.resolve("tls").resolve(key).resolve("docker");
        return new DockerContext(name, host, Files.isDirectory(certificates) ? certificates : null);
    }

    private static JsonNode read(Path file) throws EngineException {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new EngineException("The file " + file + " is larger than 1 MB: it is no docker configuration.");
            }
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            // Not the parser's message: the file may hold credentials, and the parser quotes its input.
            throw new EngineException(
                    "The file " + file + " cannot be read as JSON (" + e.getClass().getSimpleName()
                            + "). Mend it, or set docker.host.");
        }
    }

    private static String sha256(String name) {
        return HexFormat.of().formatHex(Sha256.create().digest(name.getBytes(StandardCharsets.UTF_8)));
    }
}
