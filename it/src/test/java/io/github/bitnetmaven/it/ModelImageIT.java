package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.configuration.ModelSettings.FileOrigin;
import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.model.ModelCatalogue;
import io.github.bitnetmaven.model.ModelException;
import io.github.bitnetmaven.model.ModelFile;
import io.github.bitnetmaven.model.ModelImage;
import io.github.bitnetmaven.model.ModelResolver;
import io.github.bitnetmaven.model.ModelStore;
import io.github.bitnetmaven.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Model images on a real engine. */
@Timeout(120)
class ModelImageIT {
    private static final String BASE_IMAGE = System.getProperty("bitnet.backend.builderImage");

    @TempDir
    Path directory;

    private final Set<String> made = new HashSet<>();
    private Engine engine;
    private Path file;

    @BeforeEach
    void connect() throws Exception {
        engine = DockerEngine.connect(EngineAddress.resolve(null, null, EngineAddress.Host.current()));
        file = directory.resolve("model.gguf");
        writeModel(System.nanoTime());
    }

    @AfterEach
    void removeWhatTheTestMade() throws Exception {
        for (String reference : made) {
            engine.removeImage(reference);
        }
    }

    @Test
    void aModelImageIsMadeOnceAndThenReused() throws Exception {
        String first = ensure("scratch");
        String id = inspect(first).path("Id").asText();
        assertThat(ensure("scratch")).isEqualTo(first);
        assertThat(inspect(first).path("Id").asText()).isEqualTo(id);
        assertThat(first).matches("bitnet-model:[0-9a-f]{32}");
        assertThat(inspect(first).path("Config").path("Labels").path("io.github.bitnetmaven.model").asText())
                .isEqualTo(model().sha256());
    }

    @Test
    void theModelsLayerIsTheSameOnEveryBase() throws Exception {
        JsonNode onScratch = inspect(ensure("scratch")).path("RootFS").path("Layers");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        JsonNode onBase = inspect(ensure(BASE_IMAGE)).path("RootFS").path("Layers");
        assertThat(onScratch).hasSize(1);
        assertThat(onBase.get(onBase.size() - 1)).isEqualTo(onScratch.get(0));
    }

    @Test
    void anotherModelMakesAnotherImage() throws Exception {
        String first = ensure("scratch");
        writeModel(System.nanoTime());
        assertThat(ensure("scratch")).isNotEqualTo(first);
    }

    @Test
    void aBaseImageThatIsNotThereIsTold() {
        assertThatThrownBy(() -> ensure("bitnet-no-such-image:1"))
                .isInstanceOf(ModelException.class)
                .hasMessage("The base image bitnet-no-such-image:1 is not on the engine at " + engine.address()
                        + ". Pull it first: docker pull bitnet-no-such-image:1");
    }

    /** A GGUF header with nothing but a name, which makes it unlike any other. */
    private void writeModel(long unique) throws Exception {
        byte[] key = "general.name".getBytes(StandardCharsets.US_ASCII);
        byte[] name = ("it-" + unique).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer gguf = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        gguf.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(0).putLong(1);
        gguf.putLong(key.length).put(key).putInt(8).putLong(name.length).put(name);
        Files.write(file, gguf.array());
    }

    private ModelFile model() throws Exception {
        ModelStore store = new ModelStore(directory.resolve("cache"), Map.of());
        return new ModelResolver(ModelCatalogue::load, store).resolve(new FileOrigin(file), Progress.silent());
    }

    private String ensure(String base) throws Exception {
        String reference = ModelImage.ensure(engine, model(), base, Progress.silent());
        made.add(reference);
        return reference;
    }

    private JsonNode inspect(String reference) throws Exception {
        return engine.inspectImage(reference).orElseThrow();
    }
}
