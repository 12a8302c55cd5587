package io.github.bitnetmaven.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineException;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Starts a container of an image, waits until it is healthy, asks it for a completion, and always removes it. */
public final class Smoke {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(5);
    private static final int GRACE_SECONDS = 2;
    private static final int DEATH_MILLIS = 3000;
    private static final int LOG_LINES = 15;

    private final SmokeRequest request;
    private final Engine engine;
    private final Progress progress;
    /** Known before the engine is asked: a container whose answer got lost can still be removed. */
    private final String container = "bitnet-smoke-" + UUID.randomUUID();

    /** What was last seen of a container that is not healthy yet, for the message when the time is over. */
    private String lastSign = "";

    private Smoke(SmokeRequest request, Engine engine, Progress progress) {
        this.request = request;
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Runs the test.
     *
     * @throws SmokeException when the container ends, does not become healthy in time, or gives no completion
     * @throws EngineException when the engine refuses the container: no such image, no such program in it
     */
    public static SmokeResult run(SmokeRequest request, Engine engine, Progress progress)
            throws SmokeException, EngineException {
        return new Smoke(request, engine, progress).run();
    }

    private SmokeResult run() throws SmokeException, EngineException {
        Thread hook = new Thread(this::removeQuietly, "bitnet-smoke-removal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            SmokeResult result = startAndAsk();
            remove();
            return result;
        } catch (SmokeException | EngineException | RuntimeException e) {
            try {
                remove();
            } catch (EngineException removal) {
                e.addSuppressed(removal);
            }
            throw e;
        } finally {
            forget(hook);
        }
    }

    private SmokeResult startAndAsk() throws SmokeException, EngineException {
        for (SmokeRequest.Mount mount : request.mounts()) {
            if (mount.isPath() && !engine.isLocal()) {
                throw new SmokeException(mount.source() + " cannot be mounted: the Docker engine at " + engine.address()
                        + " is not on this machine. Put it into a volume of that engine and name the volume.");
            }
        }
        engine.createContainer(container, ContainerBody.of(request, engine.isLocal()));
        long start = System.nanoTime();
        engine.startContainer(container);
        ServerClient server;
        String health;
        long healthy;
        try (Progress.Task task =
                progress.start("Waiting for " + request.image() + " to be healthy", -1, Progress.Unit.PERCENT)) {
            server = server(start);
            health = awaitHealth(server, start, task);
            healthy = System.nanoTime();
            if (request.awaitHealthCheck()) {
                awaitHealthCheck(start, task);
            }
        }
        Completion completion = complete(server);
        long memory = memory(engine.stats(container));
        long millis = Duration.ofNanos(healthy - start).toMillis();
        return new SmokeResult(
                state().path("Image").asText(),
                millis,
                memory,
                completion.tokensPerSecond(),
                completion.tokens(),
                completion.text(),
                health);
    }

    private Completion complete(ServerClient server) throws SmokeException, EngineException {
        try {
            return Completion.ask(server, request.prompt(), request.tokens(), request.deadline());
        } catch (SmokeException e) {
            throw failure(" is healthy but does not complete a text. " + e.getMessage() + ".");
        } catch (IOException e) {
            // A server that died says more by its exit code, which the engine knows a moment later.
            for (long waited = 0; waited < DEATH_MILLIS; waited += POLL.toMillis()) {
                state();
                sleep();
            }
            throw failure(" is healthy but does not complete a text. It did not answer: " + e.getMessage() + ".");
        }
    }

    /** The engine chooses the port when the container starts. */
    private ServerClient server(long start) throws SmokeException, EngineException {
        while (true) {
            JsonNode ports = state().path("NetworkSettings").path("Ports").path(request.port() + "/tcp");
            int port = ports.path(0).path("HostPort").asInt(0);
            if (port > 0) {
                return new ServerClient("http://" + engine.host() + ":" + port);
            }
            lastSign = "the engine published no port for " + request.port() + "/tcp";
            pause(start);
        }
    }

    private String awaitHealth(ServerClient server, long start, Progress.Task task)
            throws SmokeException, EngineException {
        boolean answered = false;
        while (true) {
            try {
                ServerClient.Answer answer = server.ask("/health", null, HEALTH_PATIENCE);
                if (answer.status() == 200) {
                    return answer.body();
                }
                answered = true;
                lastSign = "GET " + server.url("/health") + " gave HTTP status " + answer.status();
            } catch (IOException e) {
                // Refused, or reset by the engine's proxy while nothing listens; told when the time is over.
                if (!answered) {
                    lastSign = "nothing answered on port " + request.port() + " of the container (" + e.getMessage()
                            + ")";
                }
            }
            state();
            task.at(0);
            pause(start);
        }
    }

    private void awaitHealthCheck(long start, Progress.Task task) throws SmokeException, EngineException {
        while (true) {
            JsonNode health = state().path("State").path("Health");
            String status = health.path("Status").asText("none");
            if (status.equals("none") || status.isEmpty() || status.equals("healthy")) {
                return;
            }
            JsonNode probes = health.path("Log");
            String output = probes.path(probes.size() - 1).path("Output").asText("").strip();
            lastSign = "its HEALTHCHECK says " + status + (output.isEmpty() ? "" : " (" + output + ")");
            if (status.equals("unhealthy")) {
                throw failure(" answers, but " + lastSign + ".");
            }
            task.at(0);
            pause(start);
        }
    }

    /** The container as the engine sees it; fails when it does not run. */
    private JsonNode state() throws SmokeException, EngineException {
        JsonNode inspected = engine.inspectContainer(container);
        JsonNode state = inspected.path("State");
        if (!state.path("Running").asBoolean(false)) {
            String killed = state.path("OOMKilled").asBoolean(false) ? " (killed for lack of memory)" : "";
            throw failure(" ended with exit code " + state.path("ExitCode").asInt() + killed + ".");
        }
        return inspected;
    }

    private void pause(long start) throws SmokeException {
        if (System.nanoTime() - start > request.deadline().toNanos()) {
            throw failure(" is not healthy after " + request.deadline().toSeconds() + " s: " + lastSign + ".");
        }
        sleep();
    }

    private void sleep() throws SmokeException {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SmokeException("The smoke test of " + request.image() + " was interrupted.");
        }
    }

    private SmokeException failure(String what) {
        List<String> lines = new ArrayList<>();
        try {
            engine.lastLogs(container, LOG_LINES, lines::add);
        } catch (EngineException e) {
            lines.add("(not to be had: " + e.getMessage() + ")");
        }
        StringBuilder message = new StringBuilder("The container of " + request.image() + what);
        message.append(lines.isEmpty() ? " It wrote nothing." : " Its last lines:");
        lines.forEach(line -> message.append("\n    ").append(line.replaceAll("\\p{Cntrl}+", " ")));
        return new SmokeException(message.toString());
    }

    private void remove() throws EngineException {
        // An interrupted thread could not talk to the engine any more.
        boolean interrupted = Thread.interrupted();
        try {
            engine.removeContainer(container, GRACE_SECONDS);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void removeQuietly() {
        try {
            engine.removeContainer(container, 0);
        } catch (EngineException e) {
            // The JVM is ending: there is nobody left to tell.
            return;
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook removes the container if it is still there.
            return;
        }
    }

    /** As {@code docker stats} counts: without the inactive page cache (named differently in cgroup 1 and 2). */
    private static long memory(JsonNode stats) {
        JsonNode memory = stats.path("memory_stats");
        JsonNode detail = memory.path("stats");
        long inactive = detail.path("total_inactive_file").asLong(detail.path("inactive_file").asLong(0));
        return Math.max(0, memory.path("usage").asLong(0) - inactive);
    }
}
