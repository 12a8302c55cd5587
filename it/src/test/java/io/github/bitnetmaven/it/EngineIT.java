package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.engine.EngineException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine's client against a real engine. */
@Timeout(120)
class EngineIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHELL_IMAGE = System.getProperty("bitnet.backend.builderImage");

    private final String repository = "bitnet-engine-it-" + Long.toHexString(System.nanoTime());
    private final Set<String> tags = new HashSet<>();
    private final List<String> containers = new ArrayList<>();
    private Engine engine;

    @BeforeEach
    void connect() throws Exception {
        engine = DockerEngine.connect(EngineAddress.resolve(null, null, EngineAddress.Host.current()));
    }

    @AfterEach
    void removeWhatTheTestMade() throws Exception {
        for (String container : containers) {
            engine.removeContainer(container, 0);
        }
        for (String tag : tags) {
            engine.removeImage(tag);
        }
    }

    @Test
    void anImageIsBuiltFromAStreamedContext() throws Exception {
        List<String> lines = new ArrayList<>();
        String id = build("a:1", "FROM scratch\nCOPY file /file\nLABEL made.by=us\n", lines);
        assertThat(id).matches("sha256:[0-9a-f]{64}");
        JsonNode image = engine.inspectImage(name("a:1")).orElseThrow();
        assertThat(image.path("Id").asText()).isEqualTo(id);
        assertThat(image.path("Config").path("Labels").path("made.by").asText()).isEqualTo("us");
        assertThat(lines).anyMatch(line -> line.endsWith(": COPY file /file"));
    }

    @Test
    void theHistoryTellsTheInstructions() throws Exception {
        build("a:1", "FROM scratch\nCOPY file /file\nLABEL made.by=us\n", new ArrayList<>());
        JsonNode history = engine.history(name("a:1"));
        assertThat(history).hasSize(2);
        assertThat(history.get(0).path("CreatedBy").asText()).contains("LABEL made.by=us");
        assertThat(history.get(1).path("CreatedBy").asText()).contains("COPY file:");
    }

    @Test
    void aBuildThatFailsEndsWithWhatItSaid() {
        assertThatThrownBy(() -> build("a:1", "FROM scratch\nCOPY missing /\n", new ArrayList<>()))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("The build of " + name("a:1") + " failed: ")
                .hasMessageContaining("missing")
                .hasMessageContaining("\n    Step 2/2 : COPY missing /");
    }

    @Test
    void aDockerfileThatIsNoneIsRefusedWithTheEnginesWords() {
        assertThatThrownBy(() -> build("a:1", "NONSENSE\n", new ArrayList<>()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("unknown instruction: NONSENSE");
    }

    @Test
    void aSavedImageComesAsAnArchive() throws Exception {
        build("a:1", "FROM scratch\nCOPY file /file\n", new ArrayList<>());
        List<String> names = new ArrayList<>();
        try (InputStream saved = engine.saveImage(name("a:1"));
                TarArchiveInputStream tar = new TarArchiveInputStream(saved)) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names).contains("manifest.json");
    }

    @Test
    void aSavedImageMayBeGivenUpInTheMiddle() throws Exception {
        try (InputStream saved = engine.saveImage(SHELL_IMAGE)) {
            assertThat(saved.readNBytes(512)).hasSize(512);
        }
        assertThat(engine.inspectImage(SHELL_IMAGE)).isPresent();
    }

    @Test
    void whatDoesNotExistIsTold() throws Exception {
        String none = name("none:1");
        assertThat(engine.inspectImage(none)).isEmpty();
        String expected =
                "There is no image " + none + " on the Docker engine at " + engine.address() + ". Build or pull it first.";
        assertThatThrownBy(() -> engine.saveImage(none)).hasMessage(expected);
        assertThatThrownBy(() -> engine.history(none)).hasMessage(expected);
        assertThatThrownBy(() -> engine.untag(none)).hasMessage(expected);
        assertThatThrownBy(() -> create(none)).hasMessage(expected);
        engine.removeImage(none);
        assertThat(engine.removeDangling("sha256:" + "0".repeat(64))).isFalse();
        engine.removeContainer("f".repeat(64), 0);
    }

    @Test
    void takingOneTagAwayLeavesTheOthers() throws Exception {
        String id = build("a:1", "FROM scratch\nCOPY file /file\nLABEL a=" + repository + "\n", new ArrayList<>());
        tag(id, "b:2");
        engine.untag(name("a:1"));
        assertThat(engine.inspectImage(name("a:1"))).isEmpty();
        assertThat(engine.inspectImage(name("b:2")).orElseThrow().path("Id").asText()).isEqualTo(id);

        assertThatThrownBy(() -> engine.untag(name("b:2")))
                .hasMessage("The tag " + name("b:2")
                        + " stays: it is the last one of its image, which would be deleted with it.");
        assertThatThrownBy(() -> engine.untag(id)).isInstanceOf(EngineException.class);
        assertThat(engine.inspectImage(id)).isPresent();
    }

    @Test
    void anImageThatOthersHaveTaggedIsNeverRemoved() throws Exception {
        String id = build("a:1", "FROM scratch\nCOPY file /file\nLABEL b=" + repository + "\n", new ArrayList<>());
        tag(id, "foreign:1");
        assertThat(engine.removeDangling(id)).isFalse();
        engine.removeImage(name("a:1"));
        assertThat(engine.inspectImage(name("foreign:1")).orElseThrow().path("Id").asText()).isEqualTo(id);
    }

    @Test
    void aDanglingImageIsRemovedUnlessAContainerUsesIt() throws Exception {
        String old = build("a:1", "FROM scratch\nCOPY file /file\nLABEL c=" + repository + "\n", new ArrayList<>());
        String container = create(name("a:1"));
        String next = build("a:1", "FROM scratch\nCOPY file /file\nLABEL d=" + repository + "\n", new ArrayList<>());
        assertThat(next).isNotEqualTo(old);

        assertThat(engine.removeDangling(old)).isFalse();
        assertThat(engine.inspectImage(old)).isPresent();
        engine.removeContainer(container, 0);
        assertThat(engine.removeDangling(old)).isTrue();
        assertThat(engine.inspectImage(old)).isEmpty();
        assertThat(engine.inspectImage(next)).isPresent();
    }

    @Test
    void aContainersLogIsFollowedToItsEnd() throws Exception {
        String container = create(SHELL_IMAGE, "sh", "-c", "echo one; echo two >&2; sleep 1; echo three");
        engine.startContainer(container);
        List<String> lines = new ArrayList<>();
        engine.followLogs(container, lines::add);
        assertThat(lines).containsExactlyInAnyOrder("one", "two", "three").last().isEqualTo("three");
        assertThat(engine.inspectContainer(container).path("State").path("Running").asBoolean(true)).isFalse();

        List<String> last = new ArrayList<>();
        engine.lastLogs(container, 1, last::add);
        assertThat(last).containsExactly("three");
    }

    @Test
    void followingALogEndsWhenTheThreadIsInterrupted() throws Exception {
        String container = create(SHELL_IMAGE, "sh", "-c", "echo ready; sleep 100");
        engine.startContainer(container);
        List<String> failures = new ArrayList<>();
        Thread follower = new Thread(() -> {
            Thread self = Thread.currentThread();
            try {
                engine.followLogs(container, line -> self.interrupt());
            } catch (EngineException e) {
                failures.add(e.getMessage());
            }
        });
        follower.start();
        follower.join(10_000);
        assertThat(follower.isAlive()).isFalse();
        assertThat(failures).singleElement().asString().startsWith("The log of the container " + container);
    }

    @Test
    void runningContainersAreFoundByLabel() throws Exception {
        ObjectNode body = body(SHELL_IMAGE, "sleep", "100");
        body.putObject("Labels").put("io.github.bitnetmaven.stage", repository);
        String container = create(body);
        String label = "io.github.bitnetmaven.stage=" + repository;
        assertThat(engine.runningContainers(label)).isEmpty();
        engine.startContainer(container);
        assertThat(engine.runningContainers(label)).hasSize(1);
        assertThat(engine.runningContainers(label).get(0).path("Id").asText()).isEqualTo(container);
        assertThat(engine.stats(container).path("memory_stats").has("usage")).isTrue();
        engine.removeContainer(container, 0);
        assertThat(engine.runningContainers(label)).isEmpty();
    }

    @Test
    void filesAreCopiedOutOfAContainer() throws Exception {
        String container = create(SHELL_IMAGE);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(engine.copyFromContainer(container, "/etc/os-release"))) {
            assertThat(tar.getNextEntry().getName()).isEqualTo("os-release");
        }
    }

    private String build(String tag, String dockerfile, List<String> lines) throws EngineException {
        tags.add(name(tag));
        return engine.build(
                name(tag), "Dockerfile", TarContext.of("Dockerfile", dockerfile, "file", "content"), lines::add);
    }

    private void tag(String id, String tag) throws EngineException {
        tags.add(name(tag));
        engine.tag(id, name(tag));
    }

    private String create(String image, String... command) throws EngineException {
        return create(body(image, command.length == 0 ? new String[] {"none"} : command));
    }

    private String create(ObjectNode body) throws EngineException {
        String id = engine.createContainer(null, body);
        containers.add(id);
        return id;
    }

    private static ObjectNode body(String image, String... command) {
        ObjectNode body = JSON.createObjectNode();
        body.put("Image", image);
        List.of(command).forEach(body.putArray("Cmd")::add);
        return body;
    }

    private String name(String tag) {
        return repository + "/" + tag;
    }
}
