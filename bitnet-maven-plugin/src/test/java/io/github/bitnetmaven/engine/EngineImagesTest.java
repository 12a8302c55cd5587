package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an engine may answer about its images and their tags. */
@Timeout(30)
class EngineImagesTest {
    @RegisterExtension
    final FakeEngine server = new FakeEngine();

    @Test
    void oneTagIsPulledAndWhatTheEngineSaysIsHandedOn() throws Exception {
        server.answer(
                "/v1.41/images/create",
                200,
                "{\"status\":\"Pulling from library/python\"}\n"
                        + "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1}}\n"
                        + "{\"status\":\"Digest: sha256:ab\"}\n");
        List<String> lines = new ArrayList<>();
        server.connect().pull("registry:5000/python", lines::add);
        assertThat(lines).containsExactly("Pulling from library/python", "Digest: sha256:ab");
        assertThat(server.requests()).last().isEqualTo("POST /v1.41/images/create?fromImage=registry:5000/python:latest");
    }

    @Test
    void aPullThatFailsOnTheWayIsAnError() throws Exception {
        server.answer("/v1.41/images/create", 200, "{\"status\":\"Pulling\"}\n{\"error\":\"unauthorized\"}\n");
        assertThatThrownBy(() -> server.connect().pull("acme/python:3.11", line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessage("The pull of acme/python:3.11 failed: unauthorized");
    }

    @Test
    void aMissingImageIsTold() throws Exception {
        DockerEngine engine = server.connect();
        String expected =
                "There is no image gone:1 on the Docker engine at " + server.address() + ". Build or pull it first.";
        assertThat(engine.inspectImage("gone:1")).isEmpty();
        assertThatThrownBy(() -> engine.history("gone:1")).hasMessage(expected);
        assertThatThrownBy(() -> engine.saveImage("gone:1")).hasMessage(expected);
        assertThatThrownBy(() -> engine.tag("gone:1", "other:1")).hasMessage(expected);
    }

    @Test
    void aNameThatWouldLeaveItsPlaceInThePathIsRefused() throws Exception {
        DockerEngine engine = server.connect();
        for (String name : List.of("../containers", "a/../b", "a?b", "a#b", "a%2e", "a b", "", "a\nb", "a//b")) {
            assertThatThrownBy(() -> engine.inspectImage(name))
                    .as(name)
                    .isInstanceOf(EngineException.class)
                    .hasMessageEndingWith("' is not the name or the id of an image. Write it like acme/bitnet:1.0.");
        }
        assertThatThrownBy(() -> engine.inspectContainer("../images/x"))
                .hasMessage("'../images/x' is not the name or the id of a container.");
        assertThat(server.requests()).containsExactly("GET /version");
    }

    @Test
    void theLastTagOfAnImageIsNotTakenAway() throws Exception {
        server.answer("/v1.41/images/x:1/json", 200, "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"x:1\"]}");
        DockerEngine engine = server.connect();
        assertThatThrownBy(() -> engine.untag("x:1"))
                .hasMessage("The tag x:1 stays: it is the last one of its image, which would be deleted with it.");
        assertThat(server.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void anImageThatVanishedWithItsTagIsTold() throws Exception {
        server.answer("/v1.41/images/x:1/json", 200, "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"x:1\",\"y:1\"]}");
        server.answer("/v1.41/images/x:1", 200, "[{\"Untagged\":\"x:1\"},{\"Deleted\":\"sha256:ab\"}]");
        DockerEngine engine = server.connect();
        assertThatThrownBy(() -> engine.untag("x:1"))
                .hasMessage("The image of x:1 is gone: its other tags were taken away while this one was. Build it"
                        + " again.");
    }

    @Test
    void anIdIsNotTakenForATag() throws Exception {
        server.answer("/v1.41/images/abcdef/json", 200, "{\"Id\":\"sha256:abcdef\",\"RepoTags\":[\"x:1\",\"y:1\"]}");
        DockerEngine engine = server.connect();
        assertThatThrownBy(() -> engine.untag("abcdef"))
                .hasMessage("'abcdef' is an id or a digest, not a tag, and cannot be taken away.");
        assertThatThrownBy(() -> engine.removeImage("abcdef"))
                .hasMessage("'abcdef' is an id or a digest, not a tag, and cannot be taken away.");
        assertThat(server.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void aTagIsFoundUnderThePodmanSpelling() throws Exception {
        server.answer(
                "/v1.41/images/x/json",
                200,
                "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"localhost/x:latest\",\"localhost/y:1\"]}");
        server.answer("/v1.41/images/x", 200, "[{\"Untagged\":\"localhost/x:latest\"}]");
        server.connect().untag("x");
        assertThat(server.requests()).last().isEqualTo("DELETE /v1.41/images/x?force=false&noprune=true");
    }

    @Test
    void anImageWithATagIsNotDangling() throws Exception {
        server.answer("/v1.41/images/sha256:ab/json", 200, "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"x:1\"]}");
        assertThat(server.connect().removeDangling("sha256:ab")).isFalse();
        assertThat(server.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }
}
