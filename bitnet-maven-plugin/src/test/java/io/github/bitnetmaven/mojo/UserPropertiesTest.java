package io.github.bitnetmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.ConfigurationException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class UserPropertiesTest {
    private final MavenSession session = Sessions.session();
    private final MavenProject project = new MavenProject(new Model());
    private final UserProperties properties = new UserProperties(session);

    @Test
    void theCommandLineBeatsTheProjectWhichBeatsTheSystem() {
        assertThat(properties.apply("x")).isNull();
        session.getSystemProperties().setProperty("x", "system");
        assertThat(properties.apply("x")).isEqualTo("system");
        session.setCurrentProject(project);
        project.getProperties().setProperty("x", "project");
        assertThat(properties.apply("x")).isEqualTo("project");
        session.getUserProperties().setProperty("x", "user");
        assertThat(properties.apply("x")).isEqualTo("user");
    }

    @Test
    void propertiesOfAPrefixComeFromEverybodyWhoSetsThem() {
        session.setCurrentProject(project);
        session.getUserProperties().setProperty("docker.a", "user's");
        session.getUserProperties().setProperty("dock", "no");
        project.getProperties().setProperty("docker.a", "project's");
        session.getSystemProperties().setProperty("docker.b", "session's");
        assertThat(properties.startingWith("docker."))
                .containsExactly(
                        new TreeMap<>(Map.of("docker.a", "user's")),
                        new TreeMap<>(Map.of("docker.a", "project's")),
                        new TreeMap<>(Map.of("docker.b", "session's")),
                        new TreeMap<>());
    }

    @Test
    void aFlagIsTheElementUntilThePropertyIsSet() throws Exception {
        assertThat(properties.flag("x", true)).isTrue();
        session.getUserProperties().setProperty("x", "False");
        assertThat(properties.flag("x", true)).isFalse();
        session.getUserProperties().setProperty("x", "");
        assertThat(properties.flag("x", false)).isTrue();
    }

    @Test
    void aFlagIsTrueOrFalse() {
        session.getUserProperties().setProperty("bitnet.skip", "yes");
        assertThatThrownBy(() -> properties.flag("bitnet.skip", false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("-Dbitnet.skip is 'yes', but must be true or false.");
    }
}
