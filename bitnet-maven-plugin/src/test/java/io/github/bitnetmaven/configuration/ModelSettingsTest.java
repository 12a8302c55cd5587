package io.github.bitnetmaven.configuration;

import static io.github.bitnetmaven.configuration.RefusedConfiguration.assertThatMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.configuration.ModelSettings.CatalogueOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.FileOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.Placement;
import io.github.bitnetmaven.configuration.ModelSettings.UrlOrigin;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code <model>} takes and refuses. */
class ModelSettingsTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    Path directory;

    private final Map<String, String> properties = new HashMap<>();
    private final ModelParameters model = new ModelParameters();

    @Test
    void aModelIsAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("m.gguf"), "GGUF");
        model.file = "m.gguf";
        model.placement = "VOLUME";
        assertThat(configuration().model(model)).isEqualTo(new ModelSettings(new FileOrigin(file), Placement.VOLUME));
    }

    @Test
    void aModelPropertyBeatsWhateverOriginThePomNames() {
        model.file = "nowhere.gguf";
        properties.put("bitnet.model", "Falcon3-1B-Instruct-1.58bit");
        assertThat(configuration().model(model).origin())
                .isEqualTo(new CatalogueOrigin("Falcon3-1B-Instruct-1.58bit"));
    }

    @Test
    void aModelHasOneOrigin() {
        model.name = "a";
        model.url = "https://example.org/m.gguf";
        model.sha256 = DIGEST;
        assertThatModel("<model><name> (-Dbitnet.model) and <model><url> (-Dbitnet.model.url) are both set. Keep one: a"
                + " model has a name of the catalogue, a file, or a URL with its sha256.");
    }

    @Test
    void aUrlComesWithItsDigest() throws Exception {
        model.url = "https://example.org/m.gguf";
        model.sha256 = DIGEST.toUpperCase(java.util.Locale.ROOT);
        Configuration configuration = configuration();
        assertThat(configuration.model(model).origin())
                .isEqualTo(new UrlOrigin(URI.create("https://example.org/m.gguf"), DIGEST));
        configuration.throwIfAny();
        model.sha256 = null;
        assertThatModel("<model><url> (-Dbitnet.model.url) needs <model><sha256> (-Dbitnet.model.sha256) beside it: a"
                + " download is only used when its digest is the expected one.");
        model.sha256 = "abc";
        assertThatModel("<model><sha256> (-Dbitnet.model.sha256) is 'abc', but a SHA-256 digest is 64 hexadecimal"
                + " digits.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a/b", "file:///etc/passwd", "m.gguf", "https:///x"})
    void aModelIsDownloadedOverHttpOnly(String url) {
        model.url = url;
        model.sha256 = DIGEST;
        assertThatModel("<model><url> (-Dbitnet.model.url) is '" + url
                + "', but a model is downloaded over https or http only.");
    }

    @Test
    void aUserInAModelUrlIsRefusedAndNotShown() {
        model.url = "https://token@example.org/m.gguf";
        model.sha256 = DIGEST;
        assertThatModel("<model><url> (-Dbitnet.model.url) carries a user or a password. Leave it out: a log would show"
                + " it.");
    }

    @Test
    void aContainerDownloadsAModelOfTheCatalogueOrAUrl() throws Exception {
        model.placement = "download";
        Configuration configuration = configuration();
        assertThat(configuration.model(model).placement()).isEqualTo(Placement.DOWNLOAD);
        model.url = "https://example.org/m.gguf";
        model.sha256 = DIGEST;
        assertThat(configuration.model(model).placement()).isEqualTo(Placement.DOWNLOAD);
        configuration.throwIfAny();
    }

    @Test
    void aContainerCannotDownloadAFileOfThisMachine() throws Exception {
        Files.writeString(directory.resolve("m.gguf"), "GGUF");
        model.file = "m.gguf";
        model.placement = "download";
        assertThatModel("<model><placement> (-Dbitnet.model.placement) is 'download', but a container cannot download a"
                + " file of this machine: give <model><name>, or <model><url> with <sha256>.");
    }

    @Test
    void noSignatureGetsIntoAnImage() {
        model.url = "https://example.org/m.gguf?X-Signature=secret";
        model.sha256 = DIGEST;
        model.placement = "download";
        assertThatModel("<model><url> (-Dbitnet.model.url) has a query, the part after the question mark, and the"
                + " placement is download. Leave it out: whoever has the image could read it, and it may hold a"
                + " signature or a token.");
    }

    private Configuration configuration() {
        return new Configuration(directory, properties::get);
    }

    private void assertThatModel(String message) {
        Configuration configuration = configuration();
        configuration.model(model);
        assertThatMessage(configuration, message);
    }
}
