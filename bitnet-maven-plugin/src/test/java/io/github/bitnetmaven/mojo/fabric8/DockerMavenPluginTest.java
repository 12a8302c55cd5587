package io.github.bitnetmaven.mojo.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerMavenPluginTest {
    private final Build build = new Build();

    @Test
    void aProjectWithoutThePluginGetsOurVersion() {
        assertThat(DockerMavenPlugin.of(project()))
                .isEqualTo(new DockerMavenPlugin("0.49.0", false, List.of(), null));
    }

    @Test
    void aProjectWithoutABuildOrPluginManagementGetsOurVersion() {
        build.setPluginManagement(null);
        assertThat(DockerMavenPlugin.of(project()).version()).isEqualTo("0.49.0");
        Model model = new Model();
        model.setBuild(null);
        assertThat(DockerMavenPlugin.of(new MavenProject(model)).version()).isEqualTo("0.49.0");
    }

    @Test
    void aBuildPluginBeatsPluginManagement() {
        build.addPlugin(plugin("0.46.0", "build"));
        manage(plugin("0.45.0", "managed"));
        DockerMavenPlugin plugin = DockerMavenPlugin.of(project());
        assertThat(plugin.version()).isEqualTo("0.46.0");
        assertThat(plugin.configured()).isTrue();
        assertThat(plugin.configured("registry")).isEqualTo("build");
    }

    @Test
    void pluginManagementIsEnough() {
        manage(plugin("0.45.0", "managed"));
        DockerMavenPlugin plugin = DockerMavenPlugin.of(project());
        assertThat(plugin.version()).isEqualTo("0.45.0");
        assertThat(plugin.configured("registry")).isEqualTo("managed");
    }

    @Test
    void otherPluginsAreNotTakenForIt() {
        Plugin other = plugin("1.0", "other");
        other.setGroupId("com.spotify");
        build.addPlugin(other);
        assertThat(DockerMavenPlugin.of(project()).version()).isEqualTo("0.49.0");
    }

    @ParameterizedTest
    @CsvSource({"0.48.1,false", "0.49.0,true", "0.49.1,true", "0.100.0,true", "1.0,true", "0.9,false"})
    void aSingleStageNeedsVersion049(String version, boolean expected) {
        assertThat(new DockerMavenPlugin(version, true, List.of(), null).knowsTarget())
                .isEqualTo(expected);
    }

    private MavenProject project() {
        Model model = new Model();
        model.setBuild(build);
        return new MavenProject(model);
    }

    private void manage(Plugin plugin) {
        PluginManagement management = new PluginManagement();
        management.addPlugin(plugin);
        build.setPluginManagement(management);
    }

    private static Plugin plugin(@Nullable String version, String registry) {
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.fabric8");
        plugin.setArtifactId("docker-maven-plugin");
        plugin.setVersion(version);
        Xpp3Dom configuration = new Xpp3Dom("configuration");
        Xpp3Dom child = new Xpp3Dom("registry");
        child.setValue(registry);
        configuration.addChild(child);
        plugin.setConfiguration(configuration);
        return plugin;
    }
}
