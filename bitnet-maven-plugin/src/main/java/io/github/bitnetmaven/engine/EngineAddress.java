package io.github.bitnetmaven.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine is, found once and given both to our own requests and to docker-maven-plugin, so that both talk to
 * the same engine. A TCP address is kept as {@code http://} or {@code https://}: docker-maven-plugin guesses from the
 * port what {@code tcp://} means.
 *
 * @param uri {@code unix:///path}, {@code npipe:////./pipe/name}, {@code http://host:port} or {@code https://host:port}
 * @param certificates directory with {@code ca.pem}, {@code cert.pem} and {@code key.pem}; null without TLS
 * @param origin what named it, for messages, such as {@code the environment variable DOCKER_HOST}
 */
public record EngineAddress(URI uri, @Nullable Path certificates, String origin) {
    private static final String DEFAULT_SOCKET = "var/run/docker.sock";
    private static final String DEFAULT_PIPE = "npipe:////./pipe/docker_engine";

    /**
     * What the address depends on, beside the user's configuration.
     *
     * @param home the user's home directory
     * @param root the root of the file system, under which the well-known sockets are looked for
     */
    public record Host(Map<String, String> environment, Path home, Path root, boolean windows) {
        public Host {
            environment = Map.copyOf(environment);
        }

        /** This machine. */
        public static Host current() {
            boolean windows =
                    System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
            Path home = Path.of(System.getProperty("user.home", ".")).toAbsolutePath();
            return new Host(System.getenv(), home, Path.of("/"), windows);
        }

        @Nullable String variable(String name) {
            return blankToNull(environment.get(name));
        }

        /** Where the docker command keeps its configuration. */
        Path dockerConfiguration() {
            String directory = variable("DOCKER_CONFIG");
            return directory == null ? home.resolve(".docker") : Path.of(directory);
        }
    }

    /**
     * In this order: the explicit host, {@code DOCKER_HOST}, the docker context ({@code DOCKER_CONTEXT}, then {@code
     * currentContext} of {@code ~/.docker/config.json}), the sockets of docker, rootless docker, Docker Desktop and
     * podman.
     *
     * @param dockerHost {@code <dockerHost>} or {@code docker.host}
     * @param certPath {@code <certPath>} or {@code docker.certPath}
     */
    public static EngineAddress resolve(@Nullable String dockerHost, @Nullable String certPath, Host host)
            throws EngineException {
        String explicit = blankToNull(dockerHost);
        if (explicit != null) {
            return named(explicit, certPath, host, "<dockerHost> (docker.host)");
        }
        String variable = host.variable("DOCKER_HOST");
        if (variable != null) {
            return named(variable, certPath, host, "the environment variable DOCKER_HOST");
        }
        Optional<DockerContext> context = DockerContext.current(host);
        if (context.isPresent()) {
            return context.get().address();
        }
        return wellKnown(host);
    }

    /** Whether the engine runs on this machine, as far as its address says. */
    public boolean isLocal() {
        String name = uri.getHost();
        return !isTcp() || name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]");
    }

    /** The host under which the published ports of the engine's containers are reached. */
    public String host() {
        return isLocal() ? "127.0.0.1" : uri.getHost();
    }

    boolean isTcp() {
        return uri.getScheme().startsWith("http");
    }

    @Override
    public String toString() {
        return uri.toString();
    }

    private static EngineAddress named(String address, @Nullable String certPath, Host host, String origin)
            throws EngineException {
        Path certificates = null;
        String directory = blankToNull(certPath);
        if (directory != null) {
            certificates = path(directory, "<certPath> (docker.certPath)");
        } else if (host.variable("DOCKER_TLS_VERIFY") != null || address.startsWith("https://")) {
            String fromEnvironment = host.variable("DOCKER_CERT_PATH");
            certificates = fromEnvironment == null
                    ? host.dockerConfiguration()
                    : path(fromEnvironment, "the environment variable DOCKER_CERT_PATH");
        }
        return parse(address, certificates, origin);
    }

    /** The address as docker writes it; {@code tcp://} becomes https when there are certificates. */
    static EngineAddress parse(String address, @Nullable Path certificates, String origin) throws EngineException {
        String scheme = address.contains("://") ? address.substring(0, address.indexOf("://")) : "";
        String rest = address.substring(scheme.isEmpty() ? 0 : scheme.length() + 3);
        switch (scheme) {
            case "unix":
                if (!rest.startsWith("/")) {
                    throw malformed(address, origin, "the path of the socket must be absolute");
                }
                return new EngineAddress(uri(address, "unix", rest, origin), null, origin);
            case "npipe":
                return new EngineAddress(uri(address, "npipe", rest, origin), null, origin);
            case "tcp", "http", "https":
                return tcp(address, scheme, certificates, origin);
            case "ssh":
                throw new EngineException("The Docker engine is at " + withoutUserInfo(address) + " (from " + origin
                        + "), and ssh:// is not supported. Forward its socket (for example: ssh -nNT -L"
                        + " /tmp/docker.sock:/var/run/docker.sock HOST) and set docker.host to"
                        + " unix:///tmp/docker.sock.");
            default:
                throw malformed(address, origin, "it must start with unix://, npipe:// or tcp://");
        }
    }

    private static EngineAddress tcp(String address, String scheme, @Nullable Path certificates, String origin)
            throws EngineException {
        URI given;
        try {
            given = new URI(address);
        } catch (URISyntaxException e) {
            throw malformed(address, origin, "it is not a URL");
        }
        if (given.getHost() == null || given.getUserInfo() != null) {
            throw malformed(address, origin, "it must look like tcp://host:2376");
        }
        if (given.getPath() != null && !given.getPath().isEmpty() && !given.getPath().equals("/")) {
            throw malformed(address, origin, "a path after the port is not supported");
        }
        boolean tls = scheme.equals("https") || (scheme.equals("tcp") && certificates != null);
        int port = given.getPort() >= 0 ? given.getPort() : tls ? 2376 : 2375;
        URI uri = URI.create((tls ? "https://" : "http://") + given.getHost() + ":" + port);
        return new EngineAddress(uri, tls ? certificates : null, origin);
    }

    private static EngineAddress wellKnown(Host host) throws EngineException {
        if (host.windows()) {
            return parse(DEFAULT_PIPE, null, "the default");
        }
        List<Path> candidates = new ArrayList<>();
        candidates.add(host.root().resolve(DEFAULT_SOCKET));
        String runtime = host.variable("XDG_RUNTIME_DIR");
        if (runtime != null) {
            candidates.add(Path.of(runtime, "docker.sock"));
        }
        candidates.add(host.home().resolve(".docker/run/docker.sock"));
        if (runtime != null) {
            candidates.add(Path.of(runtime, "podman", "podman.sock"));
        }
        candidates.add(host.root().resolve("run/podman/podman.sock"));
        Path chosen = candidates.get(0);
        // A socket that this user may not use gives way to a rootless engine; if there is none, its error is shown.
        for (Path candidate : candidates) {
            if (Files.isWritable(candidate)) {
                chosen = candidate;
                break;
            }
        }
        return parse("unix://" + chosen.toAbsolutePath(), null, "the default");
    }

    private static URI uri(String address, String scheme, String path, String origin) throws EngineException {
        try {
            // With an empty authority, the path keeps its slashes and is escaped where needed.
            return new URI(scheme, "", path, null, null);
        } catch (URISyntaxException e) {
            throw malformed(address, origin, "it is not a URL");
        }
    }

    private static Path path(String directory, String origin) throws EngineException {
        try {
            return Path.of(directory).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new EngineException("The directory of certificates in " + origin + " is not a path.", e);
        }
    }

    private static EngineException malformed(String address, String origin, String what) {
        return new EngineException("The engine address '" + withoutUserInfo(address) + "' in " + origin
                + " cannot be used: " + what + ".");
    }

    private static String withoutUserInfo(String address) {
        return Printable.line(address.replaceFirst("//[^/]*@", "//"));
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
