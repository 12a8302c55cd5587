package io.github.bitnetmaven.configuration;

import static io.github.bitnetmaven.configuration.RefusedConfiguration.assertThatMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.configuration.SubjectSettings.InRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What says which image is checked. */
class SubjectSettingsTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    Path directory;

    private final Map<String, String> properties = new HashMap<>();
    private final ImageParameters image = new ImageParameters();

    @Test
    void anImageIsCheckedUnderTheNameThatTheUserGives() throws Exception {
        properties.put("bitnet.image", "bitnet");
        Configuration configuration = configuration();
        assertThat(configuration.subject(image, null, null, null, "app:1.0"))
                .isEqualTo(new SubjectSettings("bitnet", null, null, "scratch"));
        properties.put("bitnet.image", "sha256:" + DIGEST);
        assertThat(configuration.subject(image, null, null, null, null).name()).isEqualTo("sha256:" + DIGEST);
        configuration.throwIfAny();
    }

    @Test
    void aCheckTakesTheProjectsImageByDefault() {
        image.baseImage = "debian:12";
        assertThat(configuration().subject(image, null, null, null, "app:1.0"))
                .isEqualTo(new SubjectSettings("app:1.0", null, null, "debian:12"));
    }

    @Test
    void anArchiveOnTheCommandLineBeatsTheImageOfThePom() {
        image.name = "acme/bitnet:1.0";
        properties.put("bitnet.archive", "x.tar");
        assertThat(configuration().subject(image, null, null, null, null))
                .isEqualTo(new SubjectSettings("x.tar", directory.resolve("x.tar"), null, "scratch"));
    }

    @Test
    void somethingMustBeChecked() {
        Configuration configuration = configuration();
        configuration.subject(null, null, null, null, null);
        assertThatMessage(
                configuration,
                "Nothing says what to check. Name an image with -Dbitnet.image, or an archive or OCI layout with"
                        + " -Dbitnet.archive.");
    }

    @Test
    void anImageIsLookedUpInTheRegistryThatItsNameTells() throws Exception {
        properties.put("bitnet.from", "registry");
        properties.put("bitnet.image", "localhost:5000/acme/bitnet:1.0");
        Configuration configuration = configuration();
        ImageReference reference = new ImageReference("localhost:5000", "acme/bitnet", "1.0", null);
        assertThat(configuration.subject(null, null, null, null, null))
                .isEqualTo(new SubjectSettings(
                        "localhost:5000/acme/bitnet:1.0", null, new InRegistry(reference, false), "scratch"));
        properties.put("bitnet.registry.insecure", "true");
        assertThat(configuration.subject(null, null, null, null, null).registry())
                .isEqualTo(new InRegistry(reference, true));
        configuration.throwIfAny();
    }

    @Test
    void aRegistryHasNoImageById() {
        properties.put("bitnet.from", "registry");
        properties.put("bitnet.image", "0123456789ab");
        properties.put("bitnet.registry.insecure", "perhaps");
        Configuration configuration = configuration();
        configuration.subject(null, null, null, null, null);
        assertThatMessage(
                configuration,
                "The configuration has 2 problems:\n"
                        + "- <registry><insecure> (-Dbitnet.registry.insecure) is 'perhaps', but must be true or false.\n"
                        + "- <image><name> (-Dbitnet.image) is '0123456789ab', but a registry finds an image by its name"
                        + " only, such as acme/bitnet:1.0.");
    }

    private Configuration configuration() {
        return new Configuration(directory, properties::get);
    }
}
