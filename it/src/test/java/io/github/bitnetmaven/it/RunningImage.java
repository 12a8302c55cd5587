package io.github.bitnetmaven.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A container of an image of ours, started the way a user would start it; removed when closed. */
public final class RunningImage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String container;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private RunningImage(String container) {
        this.container = container;
    }

    /** Starts it with these further arguments of {@code docker run}, on a free port of this machine. */
    public static RunningImage start(String image, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--publish", "127.0.0.1::8001"));
        command.addAll(List.of(arguments));
        command.add(image);
        return new RunningImage(Docker.run(command.toArray(String[]::new)));
    }

    /** Waits until Docker's own health check is content. */
    public RunningImage awaitHealthy() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        String status = "";
        while (Instant.now().isBefore(end)) {
            status = Docker.run("inspect", "--format", "{{.State.Status}} {{.State.Health.Status}}", container);
            if (status.equals("running healthy")) {
                return this;
            }
            Thread.sleep(500);
        }
        throw new AssertionError("After " + PATIENCE + " the container is " + status + ": " + log());
    }

    /** The body of an answer with status 200. */
    public String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** The body of an answer with status 200. */
    public String post(String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Where it listens on this machine. */
    public int port() throws IOException, InterruptedException {
        String address = Docker.run("port", container, "8001/tcp").lines().findFirst().orElseThrow();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private HttpRequest.Builder request(String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(PATIENCE);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response + ": " + response.body());
        }
        return response.body();
    }

    /** The command lines of its processes. */
    public List<String> processes() throws IOException, InterruptedException {
        return Docker.run("top", container, "-o", "pid,args").lines().skip(1).toList();
    }

    /** Stops it the way {@code docker stop} does and returns its exit code. */
    public int stop() throws IOException, InterruptedException {
        Docker.run("stop", container);
        return Integer.parseInt(Docker.run("inspect", "--format", "{{.State.ExitCode}}", container));
    }

    /** What it has printed. */
    public String log() throws IOException, InterruptedException {
        return Docker.run("logs", container);
    }

    @Override
    public void close() throws IOException {
        try {
            Docker.run("rm", "--force", container);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
