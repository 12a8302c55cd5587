package io.github.bitnetmaven.configuration;

import static io.github.bitnetmaven.configuration.RefusedConfiguration.assertThatMessage;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code <image>} takes and refuses. */
class ImageSettingsTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    Path directory;

    private final Map<String, String> properties = new HashMap<>();
    private final ImageParameters image = new ImageParameters();

    @Test
    void aNameWithoutATagGetsLatest() {
        image.name = " acme/bitnet ";
        assertThat(configuration().image(image, "app:1.0").name()).isEqualTo("acme/bitnet:latest");
    }

    @Test
    void anImageToBeBuiltHasNoDigest() {
        image.name = "acme/bitnet@sha256:" + DIGEST;
        assertThatImage("<image><name> (-Dbitnet.image) is 'acme/bitnet@sha256:" + DIGEST + "', but an image to be"
                + " built cannot be given a digest: leave out @sha256:" + DIGEST + ".");
    }

    @Test
    void aNameThatDockerWouldRefuseIsRefused() {
        image.name = "Acme/bitnet:1.0";
        image.baseImage = "python 3";
        assertThatImage("The configuration has 2 problems:\n"
                + "- <image><name> (-Dbitnet.image): 'Acme/bitnet:1.0' is not a name that Docker accepts for an image:"
                + " 'Acme' may only hold lower-case letters and digits, with single separators (. _ __ -) between"
                + " them.\n"
                + "- <image><baseImage> (-Dbitnet.baseImage): 'python 3' is not a name that Docker accepts for an"
                + " image: 'python 3' may only hold lower-case letters and digits, with single separators (. _ __ -)"
                + " between them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "80x", "8001.0", "99999999999"})
    void aPortOutOfRangeIsRefused(String port) {
        image.port = port;
        assertThatImage("<image><port> (-Dbitnet.port) is '" + port
                + "', but a port is a whole number from 1 to 65535.");
    }

    @Test
    void aMisspeltVariantIsAnsweredWithTheNearest() {
        image.variant = "nativ";
        assertThatImage("<image><variant> (-Dbitnet.variant) is 'nativ', but must be one of native, python, mock; did"
                + " you mean native?");
    }

    @Test
    void aScriptTakesThePlaceOfThePythonServer() throws Exception {
        Path script = Files.writeString(directory.resolve("serve.py"), "");
        image.variant = "python";
        image.server = "serve.py";
        assertThat(configuration().image(image, "app:1.0").server()).isEqualTo(new ServerScript(script, null));
        image.server = null;
        assertThat(configuration().image(image, "app:1.0").server()).isEqualTo(ServerScript.OURS);
    }

    @Test
    void onlyTheVariantPythonHasAScript() {
        image.server = "serve.py";
        assertThatImage("<image><server> (-Dbitnet.server) is 'serve.py', but only the variant python has a Python"
                + " server: set <image><variant> (-Dbitnet.variant) to python, or leave it out.");
    }

    @Test
    void aScriptThatIsNoPythonFileIsRefused() throws Exception {
        Files.writeString(directory.resolve("serve;rm.sh"), "");
        image.variant = "python";
        image.server = "serve;rm.sh";
        assertThatImage("<image><server> (-Dbitnet.server) is 'serve;rm.sh', but the name of a Python script is made of"
                + " letters, digits, '_' and '-', and ends with .py.");
    }

    @Test
    void requirementsThatAreNotThereAreRefused() {
        image.variant = "python";
        image.serverRequirements = "none.txt";
        assertThatImage("<image><serverRequirements> (-Dbitnet.serverRequirements) is 'none.txt', but there is no file "
                + directory.resolve("none.txt") + ".");
    }

    @Test
    void theBaseImageComesFromTheVariantUnlessItIsSet() throws Exception {
        image.variant = "Python";
        assertThat(configuration().image(image, "app:1.0").baseImage()).isEqualTo("python:3.11-slim");
        image.baseImage = "python:3.12-slim";
        assertThat(configuration().image(image, "app:1.0").baseImage()).isEqualTo("python:3.12-slim");
        image.variant = "mock";
        image.baseImage = null;
        assertThat(configuration().image(image, "app:1.0").baseImage()).isEqualTo("scratch");
    }

    @Test
    void platformsAreSeparatedByCommas() throws Exception {
        image.platforms = "linux/amd64, linux/arm64/v8";
        Configuration configuration = configuration();
        assertThat(configuration.image(image, "app:1.0").platforms()).containsExactly("linux/amd64", "linux/arm64/v8");
        configuration.throwIfAny();
        image.platforms = "amd64";
        assertThatImage("<image><platforms> (-Dbitnet.platforms) is 'amd64', but 'amd64' is not a platform such as"
                + " linux/amd64 or linux/arm64.");
    }

    private Configuration configuration() {
        return new Configuration(directory, properties::get);
    }

    private void assertThatImage(String message) {
        Configuration configuration = configuration();
        configuration.image(image, "app:1.0");
        assertThatMessage(configuration, message);
    }
}
