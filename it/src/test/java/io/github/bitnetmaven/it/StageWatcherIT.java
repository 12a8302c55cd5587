package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.engine.EngineException;
import io.github.bitnetmaven.engine.StageWatcher;
import io.github.bitnetmaven.progress.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watching the stage of a build that the classic builder of a real engine does. */
@Timeout(120)
class StageWatcherIT {
    private static final String SHELL_IMAGE = System.getProperty("bitnet.backend.builderImage");

    private final String key = "watched-" + Long.toHexString(System.nanoTime());
    private final String tag = "bitnet-" + key + ":1";
    private final Recorded progress = new Recorded();
    private Engine engine;

    @BeforeEach
    void connect() throws Exception {
        engine = DockerEngine.connect(EngineAddress.resolve(null, null, EngineAddress.Host.current()));
    }

    @Test
    void thePercentagesOfACompileAreShownWhileItRuns() throws Exception {
        try (StageWatcher watcher = StageWatcher.start(engine, List.of(key), "Compiling", progress)) {
            build(key, "sleep 1; for p in 10 45 100; do echo \"[ $p%] Building x\"; sleep 1; done");
            assertThat(progress.events).startsWith("start Compiling 100 PERCENT", "at 10", "at 45");
            assertThat(watcher.lastErrors()).contains("[ 45%] Building x");
        } finally {
            engine.removeImage(tag);
        }
        assertThat(progress.events).last().isEqualTo("close");
    }

    @Test
    void theCompilersErrorsAreKept() throws Exception {
        try (StageWatcher watcher = StageWatcher.start(engine, List.of(key), "Compiling", progress)) {
            assertThatThrownBy(() -> build(
                            key, "sleep 1; echo '[ 10%] Building x'; echo 'x.c:1: error: no' >&2; sleep 1; exit 2"))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("returned a non-zero code: 2");
            assertThat(watcher.lastErrors()).containsExactly("x.c:1: error: no");
        } finally {
            // The step before the failed one is left as the engine's cache: name it to take it away.
            engine.build(tag, "Dockerfile", TarContext.of("Dockerfile", head(key)), line -> {});
            engine.removeImage(tag);
        }
    }

    @Test
    void theBuildOfSomebodyElseIsNotWatched() throws Exception {
        try (StageWatcher watcher = StageWatcher.start(engine, List.of(key), "Compiling", progress)) {
            build("another-" + key, "sleep 1; echo '[ 10%] Building x'; sleep 1");
            assertThat(watcher.lastErrors()).isEmpty();
        } finally {
            engine.removeImage(tag);
        }
        assertThat(progress.events).isEmpty();
    }

    private void build(String stage, String command) throws EngineException {
        String dockerfile = head(stage) + "RUN " + command + "\n";
        engine.build(tag, "Dockerfile", TarContext.of("Dockerfile", dockerfile), line -> {});
    }

    private static String head(String stage) {
        return "FROM " + SHELL_IMAGE + "\nLABEL " + StageWatcher.LABEL + "=" + stage + "\n";
    }

    /** What was reported. */
    private static final class Recorded implements Progress {
        private final List<String> events = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Task start(String what, long total, Unit unit) {
            events.add("start " + what + " " + total + " " + unit);
            return new Task() {
                @Override
                public void at(long done) {
                    events.add("at " + done);
                }

                @Override
                public void close() {
                    events.add("close");
                }
            };
        }

        @Override
        public void line(String message) {
            events.add(message);
        }
    }
}
