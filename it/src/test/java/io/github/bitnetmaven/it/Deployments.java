package io.github.bitnetmaven.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the systems say to which a deployment is described: docker-compose, and the schemas of Kubernetes. */
public final class Deployments implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path file;

    private Deployments(Path file) {
        this.file = file;
    }

    /** Fails unless every document keeps the schema of its kind, without unknown fields. */
    public static void requireValidKubernetes(Path manifest) throws IOException, InterruptedException {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        Path environment;
        try (var directories = Files.newDirectoryStream(Path.of(cache, "bitnet"), "kubernetes-validate-*")) {
            environment = directories.iterator().next();
        }
        run(List.of(environment.resolve("bin/kubernetes-validate").toString(), "--strict", manifest.toString()));
    }

    /** Brings the services up; closing takes them down, with their volumes. */
    public static Deployments composed(Path file) throws IOException, InterruptedException {
        Deployments deployments = new Deployments(file);
        deployments.compose("config", "--quiet");
        try {
            deployments.compose("up", "--detach");
        } catch (IllegalStateException e) {
            deployments.close();
            throw e;
        }
        return deployments;
    }

    private String compose(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker-compose", "--project-name", "bitnet-it-deployments"));
        command.addAll(List.of("--file", file.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: " + output);
        }
        return output;
    }

    /** The body of the first answer with status 200. */
    public String awaitHealthy(String url) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            try {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return answer.body();
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            Thread.sleep(300);
        }
        throw new AssertionError("Not healthy after " + PATIENCE + ": " + compose("logs"));
    }

    /** What the engine says of the only container. */
    public Map<?, ?> inspect() throws IOException, InterruptedException {
        String container = compose("ps", "--quiet");
        return (Map<?, ?>) new ObjectMapper().readValue(Docker.run("inspect", container), List.class).get(0);
    }

    @Override
    public void close() throws IOException {
        try {
            compose("down", "--volumes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
