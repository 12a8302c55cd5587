package io.github.bitnetmaven.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.ModelSettings.FileOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.UrlOrigin;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelResolverTest {
    @TempDir
    Path directory;

    private final byte[] content = GgufBytes.model(40);
    private final List<String> shown = new ArrayList<>();

    @Test
    void resolvesAFile() throws Exception {
        Path file = write("model-i2_s.gguf");
        ModelFile model = resolve(file);
        assertThat(model)
                .isEqualTo(new ModelFile(
                        file,
                        "model-i2_s.gguf",
                        content.length,
                        FileDigests.hex(Sha256.create().digest(content)),
                        new GgufHeader(3, "bitnet-b1.58", "tiny", 40, 1, content.length)));
    }

    @Test
    void readsAFileOnceUntilItChanges() throws Exception {
        Path file = write("model.gguf");
        resolve(file);
        resolve(file);
        assertThat(shown).containsExactly("Verifying model.gguf");

        byte[] changed = content.clone();
        changed[changed.length - 1] = 1;
        Files.write(file, changed);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertThat(resolve(file).sha256())
                .isEqualTo(FileDigests.hex(Sha256.create().digest(changed)));
        assertThat(shown).hasSize(2);
    }

    @Test
    void resolvesAUrlWhoseAddressTellsNoName() throws Exception {
        try (ModelServer server = new ModelServer(content)) {
            String sha256 = FileDigests.hex(Sha256.create().digest(content));
            URI url = URI.create(server.address() + "/download?id=7");
            ModelFile model = resolver().resolve(new UrlOrigin(url, sha256), Progress.silent());
            assertThat(model.fileName()).isEqualTo("model.gguf");
            assertThat(model.sha256()).isEqualTo(sha256);
        }
    }

    @Test
    void refusesNamesThatAreNotSafeInAnImage() throws Exception {
        for (String name : List.of("my model.gguf", "-x.gguf", ".gguf", "mod\u00e8le.gguf", "a$b.gguf", "model.bin")) {
            Path file = write(name);
            assertThatThrownBy(() -> resolve(file))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("The model " + file + " cannot be used under that name. A model's file name ends with"
                            + " .gguf, begins with a letter or digit, holds only letters, digits, dots, dashes and"
                            + " underscores, and is at most 79 characters long. Rename it, or link to it by such a"
                            + " name.");
        }
    }

    @Test
    void writesTheSameContextForTheSameModel() throws Exception {
        Path file = write("model.gguf");
        ModelFile model = resolve(file);
        byte[] first = context(model);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertThat(context(model)).isEqualTo(first).hasSize(512 * 6 + 512 + 1024);

        List<String> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(first))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry.getName() + " " + Integer.toOctalString(entry.getMode()) + " "
                        + entry.getLongUserId() + ":" + entry.getLongGroupId() + " "
                        + entry.getLastModifiedTime().toMillis() + " " + entry.getSize());
                if (entry.getName().endsWith(".gguf")) {
                    assertThat(tar.readAllBytes()).isEqualTo(content);
                }
            }
        }
        assertThat(entries)
                .containsExactly(
                        "Dockerfile 644 0:0 0 13",
                        "rootfs/ 755 0:0 0 0",
                        "rootfs/app/ 755 0:0 0 0",
                        "rootfs/app/models/ 755 0:0 0 0",
                        "rootfs/app/models/model.gguf 644 0:0 0 " + content.length);
    }

    @Test
    void sendsNoModelThatChangedSinceItWasVerified() throws Exception {
        Path file = write("model.gguf");
        ModelFile model = resolve(file);
        for (int bytes : new int[] {content.length - 1, content.length, content.length + 1}) {
            Files.write(file, new byte[bytes]);
            assertThatThrownBy(() -> context(model))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the model " + file + " was changed while it was sent. Build again.");
        }
    }

    private static byte[] context(ModelFile model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Progress.Task task = Progress.silent().start("", -1, Progress.Unit.BYTES)) {
            new ModelContext("FROM scratch\n", model, "/app/models/" + model.fileName(), task).writeTo(out);
        }
        return out.toByteArray();
    }

    private Path write(String name) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private ModelFile resolve(Path file) throws ModelException {
        return resolver().resolve(new FileOrigin(file), new Progress() {
            @Override
            public Task start(String what, long total, Unit unit) {
                shown.add(what);
                return Progress.silent().start(what, total, unit);
            }

            @Override
            public void line(String message) {
                shown.add(message);
            }
        });
    }

    private ModelResolver resolver() throws ModelException {
        return new ModelResolver(ModelCatalogue::load, new ModelStore(directory.resolve("cache"), Map.of()));
    }
}
