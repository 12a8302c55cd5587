package io.github.bitnetmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.Test;

class SkippedBuildsTest {
    private final MavenSession session = Sessions.session();

    @Test
    void aSkippedImageIsRememberedForTheRun() {
        new SkippedBuilds(session).remember("acme/bitnet:1.0", "docker.skip is true");
        assertThat(new SkippedBuilds(session).reason("acme/bitnet:1.0")).isEqualTo("docker.skip is true");
        assertThat(new SkippedBuilds(session).reason("acme/bitnet:1.1")).isNull();
        assertThat(new SkippedBuilds(Sessions.session()).reason("acme/bitnet:1.0")).isNull();
    }

    @Test
    void aNameWithoutATagIsLatest() {
        new SkippedBuilds(session).remember("acme/bitnet:latest", "docker.skip is true");
        assertThat(new SkippedBuilds(session).reason("acme/bitnet")).isEqualTo("docker.skip is true");
    }

    @Test
    void modulesThatAreBuiltAtTheSameTimeShareIt() {
        new SkippedBuilds(session.clone()).remember("a:1", "docker.skip is true");
        assertThat(new SkippedBuilds(session).reason("a:1")).isEqualTo("docker.skip is true");
    }
}
