package io.github.bitnetmaven.image.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Form;
import io.github.bitnetmaven.image.ContentObserver;
import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {
    private static final ReadOptions OPTIONS =
            new ReadOptions(null, false, true, List.of(), List.of(new FirstBytes()));

    @TempDir
    Path directory;

    private Path archive = Path.of("");
    private ArchiveBuilder builder = new ArchiveBuilder();
    private int streams;

    /** A fact of every small file. */
    private static final class FirstBytes implements ContentObserver {
        @Override
        public String id() {
            return "first-bytes-1";
        }

        @Override
        public boolean wants(String path, long bytes, int mode) {
            return bytes < 100;
        }

        @Override
        public @Nullable String observe(String path, long bytes, int mode, InputStream content) throws IOException {
            return new String(content.readNBytes(4), StandardCharsets.UTF_8);
        }
    }

    @BeforeEach
    void image() throws IOException {
        builder = new ArchiveBuilder()
                .layer(new LayerBuilder("ADD base /")
                        .directory("etc")
                        .file("etc/a", "über")
                        .symbolicLink("bin", "usr/bin")
                        .hardLink("etc/b", "etc/a")
                        .file("big", 200_000))
                .layer(new LayerBuilder("RUN x").whiteout("big").file("etc/c", "cccc").fifo("pipe"));
        archive = builder.write(Form.DOCKER, Files.createDirectories(directory.resolve("saved")));
    }

    private Path layers() {
        return directory.resolve("cache/layers");
    }

    private Image read(ReadOptions options) throws ImageException {
        Engine engine = (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "inspectImage":
                            return Optional.of(JsonNodeFactory.instance.objectNode().put("Id", builder.id()));
                        case "saveImage":
                            streams++;
                            return Files.newInputStream(archive);
                        case "address":
                            return "unix:///test.sock";
                        default:
                            throw new AssertionError(method);
                    }
                });
        return new EngineImageSource(engine, "acme/x:1", new ImageCache(layers())).read(options, Progress.silent());
    }

    /** All that an audit can see of an image. */
    private static List<String> facts(Image image) {
        List<String> facts = new ArrayList<>();
        facts.add(image.id() + image.configuration() + image.source() + image.uncheckedDigests());
        for (Layer layer : image.layers()) {
            facts.add(layer.diffId() + layer.createdBy() + layer.unpackedBytes() + " " + layer.fileCount() + layer.packedBytes());
            EntryTable entries = layer.entries();
            for (int i = 0; i < entries.size(); i++) {
                facts.add(entries.path(i) + entries.type(i) + entries.bytes(i) + " " + entries.mode(i) + entries.linkTarget(i)
                        + entries.contentDigest(i) + entries.fact("first-bytes-1", i));
            }
        }
        for (int i = 0; i < image.files().size(); i++) {
            facts.add(image.files().path(i) + image.files().bytes(i) + " " + image.files().layer(i));
        }
        return facts;
    }

    @Test
    void anImageThatWasReadBeforeIsNotReadAgainAndIsTheSame() throws ImageException {
        Image first = read(OPTIONS);
        Image second = read(OPTIONS);

        assertThat(streams).isEqualTo(1);
        assertThat(facts(second)).isEqualTo(facts(first));
    }

    @Test
    void otherOptionsReadItAnew() throws ImageException {
        read(OPTIONS);
        read(ReadOptions.sizesOnly());
        read(new ReadOptions(null, false, false, List.of(), List.of(new FirstBytes())));

        assertThat(streams).isEqualTo(3);
    }

    @Test
    void whoWantsEveryDigestCheckedReadsTheEngine() throws ImageException {
        ReadOptions verifying = new ReadOptions(null, true, false, List.of(), List.of());
        read(verifying);
        read(verifying);

        assertThat(streams).isEqualTo(2);
    }

    @Test
    void aFileThatWasCutOrChangedIsNotBelieved() throws Exception {
        List<String> facts = facts(read(OPTIONS));
        for (Path file : files()) {
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length; at += 7) {
                byte[] changed = whole.clone();
                changed[at] ^= 0x55;
                Files.write(file, changed);
                int before = streams;
                assertThat(facts(read(OPTIONS))).as("%s, byte %d", file, at).isEqualTo(facts);
                assertThat(streams).as("%s, byte %d", file, at).isEqualTo(before + 1);
                Files.write(file, java.util.Arrays.copyOf(whole, at));
                assertThat(facts(read(OPTIONS))).as("%s cut to %d", file, at).isEqualTo(facts);
                Files.write(file, whole);
            }
        }
    }

    @Test
    void anAlteredLayerIsNeverKept() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("cccc");
        bytes[at] = 'd';
        Files.write(archive, bytes);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> read(OPTIONS)).isInstanceOf(ImageException.class).hasMessageContaining("was altered");
        }

        assertThat(layers()).doesNotExist();
    }

    @Test
    void aCacheThatCannotBeWrittenKeepsNobodyFromAuditing() throws Exception {
        Files.writeString(directory.resolve("cache"), "a file in its place");

        assertThat(facts(read(OPTIONS))).isEqualTo(facts(read(OPTIONS)));
        assertThat(streams).isEqualTo(2);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(layers())) {
            return files.sorted().toList();
        }
    }
}
