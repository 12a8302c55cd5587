package io.github.bitnetmaven.mojo.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkipPropertiesTest {
    private final Xpp3Dom configuration = new Xpp3Dom("configuration");
    private final Map<String, String> properties = new HashMap<>();
    private final SkipProperties skip =
            new SkipProperties(new DockerMavenPlugin("0.49.0", true, List.of(), configuration), properties::get);

    @Test
    void nothingIsSkippedByDefault() {
        assertThat(skip.reasonToSkip("pom")).isNull();
        assertThat(skip.filterWithout("acme/bitnet:1.0")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"docker.skip", "docker.skip.build"})
    void theUsersSkipPropertiesAreHonoured(String property) {
        properties.put(property, "true");
        assertThat(skip.reasonToSkip("jar")).isEqualTo(property + " is true");
    }

    @Test
    void aPomIsSkippedOnlyWhenTheUserSaysSo() {
        properties.put("docker.skip.pom", "true");
        assertThat(skip.reasonToSkip("jar")).isNull();
        assertThat(skip.reasonToSkip("pom")).isEqualTo("docker.skip.pom is true and the project's packaging is pom");
    }

    @Test
    void anElementOfTheUsersConfigurationBeatsTheProperty() {
        Xpp3Dom element = new Xpp3Dom("skip");
        element.setValue("false");
        configuration.addChild(element);
        properties.put("docker.skip", "true");
        assertThat(skip.reasonToSkip("jar")).isNull();
    }

    @Test
    void aFilterThatNamesTheImageLetsItThrough() {
        properties.put("docker.filter", "other , acme/bitnet:1.0");
        assertThat(skip.filterWithout("acme/bitnet:1.0")).isNull();
        assertThat(skip.filterWithout("acme/bitnet:1.1")).isEqualTo("other , acme/bitnet:1.0");
    }
}
