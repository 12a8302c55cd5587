package io.github.bitnetmaven.mojo.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.maven.model.Dependency;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FabricInputsTest {
    private static final String CONFIGURATION = "<configuration><registry>r</registry></configuration>";

    private String version = "0.49.0";
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<SortedMap<String, String>> scopes = List.of(new TreeMap<>(), new TreeMap<>());

    @Test
    void theSameHasTheSameDigest() throws Exception {
        scopes.get(0).put("docker.buildArg.A", "1");
        assertThat(digest(CONFIGURATION)).isEqualTo(digest(CONFIGURATION)).matches("[0-9a-f]{64}");
    }

    @Test
    void anotherVersionHasAnother() throws Exception {
        String before = digest(CONFIGURATION);
        version = "0.48.0";
        assertThat(digest(CONFIGURATION)).isNotEqualTo(before);
    }

    @Test
    void aDependencyOfThePluginCounts() throws Exception {
        String before = digest(CONFIGURATION);
        Dependency dependency = new Dependency();
        dependency.setGroupId("acme");
        dependency.setArtifactId("extension");
        dependency.setVersion("1.0");
        dependencies.add(dependency);
        String with = digest(CONFIGURATION);
        dependency.setVersion("1.1");
        assertThat(digest(CONFIGURATION)).isNotEqualTo(with).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<configuration/>",
                "<configuration><registry>s</registry></configuration>",
                "<configuration><registry a='b'>r</registry></configuration>",
                "<configuration><registry>r</registry><buildArgs><A>1</A></buildArgs></configuration>",
                "<configuration><registry><registry>r</registry></registry></configuration>"
            })
    void everyElementOfTheConfigurationCounts(String other) throws Exception {
        assertThat(digest(other)).isNotEqualTo(digest(CONFIGURATION));
    }

    @Test
    void aPropertyCountsByItsValueAndWhoSetsIt() throws Exception {
        String without = digest(CONFIGURATION);
        scopes.get(0).put("docker.buildArg.A", "1");
        String users = digest(CONFIGURATION);
        scopes.get(0).put("docker.buildArg.A", "2");
        String changed = digest(CONFIGURATION);
        scopes.get(0).clear();
        scopes.get(1).put("docker.buildArg.A", "1");
        assertThat(List.of(without, users, changed, digest(CONFIGURATION))).doesNotHaveDuplicates();
    }

    @Test
    void whatDockerMavenPluginSetsItselfDoesNotCount() throws Exception {
        String before = digest(CONFIGURATION);
        scopes.get(1).put("docker.host.address", "127.0.0.1");
        assertThat(digest(CONFIGURATION)).isEqualTo(before);
    }

    @Test
    void namesThatDifferFromBuildToBuildDoNotCount() {
        FabricBuild one = new FabricBuild(
                "a:1", Path.of("/a"), Path.of("/a/Dockerfile"), "stage", Map.of("A", "1"), Path.of("/a/work"), true);
        FabricBuild two = new FabricBuild(
                "b:2", Path.of("/b"), Path.of("/b/Dockerfile"), "stage", Map.of("A", "1"), Path.of("/b/work"), true);
        assertThat(one.anywhere()).isEqualTo(two.anywhere());
        FabricBuild other = new FabricBuild(
                "a:1", Path.of("/a"), Path.of("/a/Dockerfile"), null, Map.of("A", "1"), Path.of("/a/work"), true);
        assertThat(other.anywhere()).isNotEqualTo(one.anywhere());
    }

    @ParameterizedTest
    @CsvSource({
        "docker.noCache,true", "docker.noCache,''", "docker.nocache,true", "docker.autoPull,always",
        "docker.autoPull,once", "docker.imagePullPolicy,Always", "docker.imagePullPolicy,always"
    })
    void aPropertyThatAsksForSomethingNewIsHeard(String name, String value) throws Exception {
        assertThat(inputs(CONFIGURATION).allowReuse()).isTrue();
        String before = digest(CONFIGURATION);
        scopes.get(1).put(name, value);
        assertThat(inputs(CONFIGURATION).allowReuse()).isFalse();
        // The image that it leads to stands for all that are built of the same afterwards.
        assertThat(digest(CONFIGURATION)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "docker.noCache,false", "docker.autoPull,on", "docker.autoPull,off", "docker.imagePullPolicy,IfNotPresent",
        "docker.imagePullPolicy,Never", "docker.pull.registry,registry.example.org", "docker.buildArg.A,1"
    })
    void othersAreNot(String name, String value) throws Exception {
        scopes.get(0).put(name, value);
        assertThat(inputs(CONFIGURATION).allowReuse()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<configuration><autoPull>always</autoPull></configuration>",
                "<configuration><imagePullPolicy>Always</imagePullPolicy></configuration>",
                "<configuration><images><image><build><noCache>true</noCache></build></image></images></configuration>",
                "<configuration><images><image><build><nocache>true</nocache></build></image></images></configuration>"
            })
    void soIsAnElement(String configuration) throws Exception {
        assertThat(inputs(configuration).allowReuse()).isFalse();
    }

    @Test
    void whatMavenPutsInLaterIsNotKnownNow() throws Exception {
        assertThat(inputs("<configuration><buildArgs><REVISION>${git.commit.id}</REVISION></buildArgs></configuration>")
                        .allowReuse())
                .isFalse();
    }

    private String digest(String configuration) throws Exception {
        return inputs(configuration).digest();
    }

    private FabricInputs inputs(String configuration) throws Exception {
        Xpp3Dom dom = Xpp3DomBuilder.build(new StringReader(configuration));
        return new FabricInputs(new DockerMavenPlugin(version, true, dependencies, null), dom, scopes);
    }
}
