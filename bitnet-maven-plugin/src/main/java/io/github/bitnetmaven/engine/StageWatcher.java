package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches, from outside, a stage that somebody else builds: follows the output of each running container that carries the
 * stage's label and shows the percentage that make or ninja prints. The classic builder's containers inherit the labels
 * set before the instruction; BuildKit's cannot be seen, then a line now and then says that the build goes on.
 */
public final class StageWatcher implements AutoCloseable {
    /** The label that says which stage a container builds. */
    public static final String LABEL = "io.github.bitnetmaven.stage";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final Duration LAST_LINES = Duration.ofMillis(300);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Engine engine;
    private final List<String> labels;
    private final String what;
    private final Progress progress;
    private final Duration heartbeat;
    private final BuildLog log = new BuildLog();
    private final long started = System.nanoTime();
    private final List<Thread> threads = new ArrayList<>();
    private Progress.@Nullable Task task;
    private int percent;
    private long lastSign = started;
    private boolean closed;

    private StageWatcher(Engine engine, List<String> keys, String what, Progress progress, Duration heartbeat) {
        this.engine = engine;
        this.labels = keys.stream().map(key -> LABEL + "=" + key).toList();
        this.what = what;
        this.progress = progress;
        this.heartbeat = heartbeat;
    }

    /**
     * Starts to watch, in daemon threads. That the engine cannot be asked is no reason to fail: the build itself will.
     *
     * @param keys values of {@link #LABEL}
     * @param what is being done, such as {@code Compiling llama-server}
     */
    public static StageWatcher start(Engine engine, List<String> keys, String what, Progress progress) {
        return start(engine, keys, what, progress, HEARTBEAT);
    }

    static StageWatcher start(Engine engine, List<String> keys, String what, Progress progress, Duration heartbeat) {
        StageWatcher watcher = new StageWatcher(engine, keys, what, progress, heartbeat);
        watcher.run("bitnet-stage-watcher", watcher::watch);
        return watcher;
    }

    /** The lines that tell why the stage failed, at most 15; when none is recognised, the last 15; empty if none came. */
    public List<String> lastErrors() {
        return log.lastErrors();
    }

    /** Ends all watching. What was read until then stays readable. */
    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(threads);
        }
        try {
            // The first thread only polls. The others may still have the last lines of a compile to read.
            running.get(0).interrupt();
            for (Thread thread : running) {
                thread.join(LAST_LINES.toMillis());
                thread.interrupt();
                thread.join(FAREWELL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (task != null) {
                task.close();
                task = null;
            }
        }
    }

    private synchronized void run(String name, Runnable work) {
        if (closed) {
            return;
        }
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void watch() {
        Set<String> followed = new HashSet<>();
        try {
            while (!isClosed()) {
                for (String id : runningIds()) {
                    if (followed.add(id)) {
                        run("bitnet-stage-log", () -> follow(id));
                    }
                }
                showSignOfLife();
                Thread.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private List<String> runningIds() {
        List<String> ids = new ArrayList<>();
        try {
            for (String label : labels) {
                for (JsonNode container : engine.runningContainers(label)) {
                    ids.add(container.path("Id").asText());
                }
            }
        } catch (EngineException e) {
            // An engine that is gone fails the build itself, with a better message.
            return List.of();
        }
        return ids;
    }

    private void follow(String id) {
        try {
            // Not its log: the classic builder keeps none.
            engine.attach(id, this::line);
        } catch (EngineException e) {
            // The container may be gone before it was asked; what was read stays.
            return;
        }
    }

    private void line(String line) {
        OptionalInt told = log.add(line);
        synchronized (this) {
            if (closed || told.isEmpty()) {
                return;
            }
            if (task == null) {
                task = progress.start(what, 100, Progress.Unit.PERCENT);
            }
            percent = Math.max(percent, told.getAsInt());
            task.at(percent);
            lastSign = System.nanoTime();
        }
    }

    private synchronized void showSignOfLife() {
        long now = System.nanoTime();
        if (!closed && now - lastSign >= heartbeat.toNanos()) {
            lastSign = now;
            long seconds = Duration.ofNanos(now - started).toSeconds();
            String time = seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
            progress.line(what + ": still at work (" + time + ")");
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }
}
