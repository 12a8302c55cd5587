package io.github.bitnetmaven.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Debian's {@code docker-registry} on loopback, with its files below a directory, for as long as it is open. */
public final class RegistryServer implements AutoCloseable {
    /** A user whom {@link #withPassword} knows. */
    public static final String USER = "bob";

    public static final String PASSWORD = "s3cret-of-bob";
    /** The password by bcrypt, as htpasswd writes it. */
    private static final String HASH = "$2b$04$FemH5deSbbj6Wu.Bb5KoruAjHsJDL7651T844aMUY0/M1ZJ.rpS3u";

    private final String host;
    private final Process process;
    private final Path log;

    private RegistryServer(int port, Path directory, String auth) throws IOException, InterruptedException {
        Path configuration = Files.createDirectories(directory).resolve("registry.yml");
        Files.writeString(configuration, """
                version: 0.1
                log: {accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: "%s"}}
                http: {addr: "127.0.0.1:%d"}
                %s
                """.formatted(directory.resolve("registry"), port, auth));
        this.host = "localhost:" + port;
        this.log = directory.resolve("registry.log");
        this.process = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await();
    }

    /** Lets anybody in. */
    public static RegistryServer open(Path directory) throws IOException, InterruptedException {
        return openAt(freePort(), directory);
    }

    /** The same at a port that is known beforehand. */
    public static RegistryServer openAt(int port, Path directory) throws IOException, InterruptedException {
        return new RegistryServer(port, directory, "");
    }

    /** Lets in only {@link #USER}. */
    public static RegistryServer withPasswordAt(int port, Path directory) throws IOException, InterruptedException {
        Path file = Files.createDirectories(directory).resolve("htpasswd");
        Files.writeString(file, USER + ":" + HASH + "\n");
        return new RegistryServer(port, directory, "auth: {htpasswd: {realm: test, path: \"" + file + "\"}}");
    }

    /** Lets in only {@link #USER}. */
    public static RegistryServer withPassword(Path directory) throws IOException, InterruptedException {
        return withPasswordAt(freePort(), directory);
    }

    /** Lets in those who have a token of that server. */
    public static RegistryServer withTokens(TokenServer tokens, Path directory)
            throws IOException, InterruptedException {
        return new RegistryServer(
                freePort(),
                directory,
                "auth: {token: {realm: \"%s\", service: \"%s\", issuer: \"%s\", rootcertbundle: \"%s\"}}"
                        .formatted(tokens.realm(), TokenServer.SERVICE, TokenServer.ISSUER, tokens.certificate()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create("http://" + host + "/v2/").toURL().openConnection();
                int status = connection.getResponseCode();
                // Somebody else's registry at that port must not be taken for ours.
                if ((status == 200 || status == 401) && process.isAlive()) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(50);
        }
        close();
        throw new IllegalStateException("docker-registry does not run: " + Files.readString(log));
    }

    /** Such as {@code localhost:34567}. */
    public String host() {
        return host;
    }

    /**
     * Pushes an image; the registry must let it.
     *
     * @param from as skopeo names it, such as {@code docker-archive:image.tar}
     * @param name repository and tag
     * @param options further ones of skopeo, such as {@code --dest-compress-format}
     */
    public RegistryServer push(String from, String name, String... options) throws IOException, InterruptedException {
        String[] arguments = new String[options.length + 3];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = "--dest-tls-verify=false";
        arguments[options.length + 1] = from;
        arguments[options.length + 2] = "docker://" + host + "/" + name;
        copy(arguments);
        return this;
    }

    /** {@code skopeo copy}. */
    public static void copy(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 3];
        command[0] = "--insecure-policy";
        command[1] = "copy";
        command[2] = "--quiet";
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        Docker.run("skopeo", Map.of(), Path.of("."), command);
    }

    /** The manifest or index of that name, as it is stored; its digest is that of the bytes. */
    public byte[] manifest(String repository, String tag) throws IOException {
        HttpURLConnection connection = manifestConnection(repository, tag);
        connection.setRequestProperty("Accept", "application/vnd.docker.distribution.manifest.v2+json");
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    /** Stores an index. */
    public void putIndex(String repository, String tag, String json) throws IOException {
        HttpURLConnection connection = manifestConnection(repository, tag);
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/vnd.oci.image.index.v1+json");
        connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
        if (connection.getResponseCode() != 201) {
            InputStream error = connection.getErrorStream();
            throw new IllegalStateException(new String(error.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private HttpURLConnection manifestConnection(String repository, String tag) throws IOException {
        URI uri = URI.create("http://" + host + "/v2/" + repository + "/manifests/" + tag);
        return (HttpURLConnection) uri.toURL().openConnection();
    }

    /** A blob's file in the registry's storage. */
    public static Path blob(Path directory, String digest) {
        String hex = digest.substring("sha256:".length());
        return directory.resolve("registry/docker/registry/v2/blobs/sha256")
                .resolve(hex.substring(0, 2))
                .resolve(hex)
                .resolve("data");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
