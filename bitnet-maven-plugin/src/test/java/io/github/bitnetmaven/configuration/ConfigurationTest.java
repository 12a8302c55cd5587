package io.github.bitnetmaven.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.BackendSettings.GitOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.configuration.ModelSettings.CatalogueOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.Placement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Defaults, the order of properties and elements, and what belongs to no part of the configuration. */
class ConfigurationTest {
    @TempDir
    Path directory;

    private final Map<String, String> properties = new HashMap<>();
    private final ImageParameters image = new ImageParameters();

    @Test
    void anEmptyConfigurationGivesTheDefaultsOfTheInterface() throws Exception {
        Configuration configuration = configuration();
        assertThat(configuration.image(null, "app:1.0"))
                .isEqualTo(new ImageSettings("app:1.0", Variant.NATIVE, "scratch", 8001, List.of()));
        assertThat(configuration.backend(null, Variant.NATIVE))
                .isEqualTo(new BackendSettings(
                        new GitOrigin(
                                "https://github.com/microsoft/BitNet.git", "404980eecae38affa4871c3e419eae3f44536a95"),
                        CompileIn.CONTAINER,
                        "debian:bookworm-slim",
                        Kernels.I2_S,
                        Linkage.STATIC,
                        List.of("llama-server"),
                        List.of()));
        assertThat(configuration.model(null))
                .isEqualTo(new ModelSettings(new CatalogueOrigin("BitNet-b1.58-2B-4T"), Placement.EMBEDDED));
        assertThat(configuration.engine(null)).isEqualTo(EngineChoice.AUTO);
        assertThat(configuration.caCertificates(null)).isNull();
        assertThat(configuration.modelPatterns(null)).containsExactly("**/*.gguf");
        configuration.throwIfAny();
    }

    @Test
    void aPropertyBeatsTheElement() throws Exception {
        image.port = "9000";
        properties.put("bitnet.port", "9001");
        Configuration configuration = configuration();
        assertThat(configuration.image(image, "app:1.0").port()).isEqualTo(9001);
        configuration.throwIfAny();
    }

    @Test
    void aBlankPropertyIsNotSet() {
        image.port = "9000";
        properties.put("bitnet.port", " ");
        assertThat(configuration().image(image, "app:1.0").port()).isEqualTo(9000);
    }

    @Test
    void jibIsRefusedAndNotIgnored() {
        Configuration configuration = configuration();
        configuration.engine("jib");
        assertThatThrownBy(configuration::throwIfAny)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<engine> (-Dbitnet.engine) is 'jib', but this version builds with a Docker engine only:"
                        + " use docker or auto.");
    }

    @Test
    void certificatesAreAPemFileWithoutAKey() throws Exception {
        Path file = directory.resolve("ca.pem");
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n");
        Configuration configuration = configuration();
        assertThat(configuration.caCertificates("ca.pem")).isEqualTo(file);
        configuration.throwIfAny();

        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n");
        assertThat(configuration.caCertificates("ca.pem")).isNull();
        assertThatThrownBy(configuration::throwIfAny)
                .hasMessage("<caCertificates> (-Dbitnet.caCertificates) is 'ca.pem', but it holds a private key: give"
                        + " the certificates only.");
    }

    private Configuration configuration() {
        return new Configuration(directory, properties::get);
    }
}
