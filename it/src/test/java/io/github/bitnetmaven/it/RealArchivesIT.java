package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.MergedFileSystem;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.source.ArchiveSources;
import io.github.bitnetmaven.image.source.EngineImageSource;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One image, as real tools write it, and what Docker itself says of images. */
@Timeout(600)
class RealArchivesIT {
    private static final String NAME = "bitnet-archives-it/" + Long.toHexString(System.nanoTime()) + ":1";
    private static final ReadOptions VERIFIED = new ReadOptions(null, true, false, List.of(), List.of());
    private static final String SHELL_IMAGE = System.getProperty("bitnet.backend.builderImage");
    /** What an engine puts into every container, over what the image has there (moby, daemon/initlayer/setup_unix.go). */
    private static final Set<String> OF_THE_ENGINE = Set.of(
            ".dockerenv", "dev/console", "etc/hostname", "etc/hosts", "etc/mtab", "etc/resolv.conf");

    @TempDir
    private static Path directory;

    private static Engine engine;
    private static Path saved;

    @BeforeAll
    static void buildAndSave() throws Exception {
        engine = DockerEngine.connect(EngineAddress.resolve(null, null, EngineAddress.Host.current()));
        ChangedImage.build(NAME, directory.resolve("context"));
        saved = directory.resolve("docker.tar");
        Docker.run("save", "--output", saved.toString(), NAME);
    }

    @AfterAll
    static void remove() throws Exception {
        Docker.forget(NAME);
    }

    private static Image read(Path path) throws ImageException {
        return ArchiveSources.open(path).read(VERIFIED, Progress.silent());
    }

    private static List<Long> layers(Image image) {
        return image.layers().stream().map(Layer::unpackedBytes).toList();
    }

    private static String tool(String... command) throws IOException, InterruptedException {
        return Tools.run(directory, command);
    }

    @Test
    void aSavedImageHasTheFiguresThatWereComputedByHand() throws Exception {
        Image image = read(saved);
        long program = Files.size(directory.resolve("context/change"));

        assertThat(layers(image)).containsExactly(503_090L, program, 500_000L, 0L, 3L, 500_000L, 3L, 9L);
        // One copy of 500,000, the program, "new", busybox, and the link's "somewhere".
        assertThat(image.files().visibleBytes()).isEqualTo(500_000 + program + 3 + 6 + 9);
    }

    @Test
    void archivesOfDockerSkopeoAndBuildahHaveTheSameFigures() throws Exception {
        tool("skopeo", "copy", "-q", "docker-archive:docker.tar", "oci:skopeo-layout:1");
        tool("skopeo", "copy", "-q", "docker-archive:docker.tar", "oci-archive:skopeo-oci.tar:1");
        tool("skopeo", "copy", "-q", "docker-archive:docker.tar", "docker-archive:skopeo-docker.tar:skopeo:1");
        buildah("pull", "-q", "docker-archive:docker.tar");
        String id = buildah("images", "--quiet", "--no-trunc");
        buildah("push", "-q", id, "oci:buildah-layout:1");
        buildah("push", "-q", id, "oci-archive:buildah-oci.tar:1");
        buildah("push", "-q", id, "docker-archive:buildah-docker.tar:buildah:1");
        tool("sh", "-c", "gzip -k docker.tar");

        Image expected = read(saved);
        for (String name : List.of(
                "docker.tar.gz", "skopeo-layout", "skopeo-oci.tar", "skopeo-docker.tar", "buildah-layout",
                "buildah-oci.tar", "buildah-docker.tar")) {
            Image image = read(directory.resolve(name));
            assertThat(layers(image)).as(name).isEqualTo(layers(expected));
            assertThat(visible(image)).as(name).isEqualTo(visible(expected));
            assertThat(image.layers()).as(name).extracting(Layer::diffId).isEqualTo(diffIds(expected));
            assertThat(image.uncheckedDigests()).as(name).isEmpty();
        }
        ImageSource running = new EngineImageSource(engine, NAME);
        assertThat(visible(running.read(VERIFIED, Progress.silent()))).isEqualTo(visible(expected));
    }

    private static List<String> diffIds(Image image) {
        return image.layers().stream().map(Layer::diffId).toList();
    }

    private static String buildah(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "buildah", "--storage-driver", "vfs", "--root", directory.resolve("storage").toString(),
                "--runroot", directory.resolve("run").toString()));
        command.addAll(List.of(arguments));
        return tool(command.toArray(String[]::new));
    }

    /** Umoci writes layers without padding and end mark. */
    @Test
    void whatUmociAddsAndRemovesIsCountedToTheByte() throws Exception {
        Files.writeString(directory.resolve("added"), "a".repeat(651));
        tool("skopeo", "copy", "-q", "docker-archive:docker.tar", "oci:umoci:1");
        tool("umoci", "insert", "--image", "umoci:1", "added", "/added");
        tool("umoci", "insert", "--image", "umoci:1", "--whiteout", "/app/big");
        Files.writeString(Files.createDirectories(directory.resolve("new-bin")).resolve("sh"), "s".repeat(77));
        tool("umoci", "insert", "--image", "umoci:1", "--opaque", "new-bin", "/bin");
        tool("umoci", "config", "--image", "umoci:1", "--author", "somebody");
        tool("umoci", "gc", "--layout", "umoci");

        Image before = read(saved);
        Image after = read(directory.resolve("umoci"));

        List<Long> expected = new ArrayList<>(layers(before));
        expected.addAll(List.of(651L, 0L, 77L));
        assertThat(layers(after)).isEqualTo(expected);
        // The big file is still there as its hard link, and busybox went.
        assertThat(after.files().visibleBytes()).isEqualTo(before.files().visibleBytes() + 651 + 77 - 6);
    }

    @Test
    void layersHaveTheBytesThatDockersHistoryTellsInEveryImageOfTheTests() throws Exception {
        assumeThat(Docker.run("info", "--format", "{{.Driver}}"))
                .as("Docker's history tells the bytes of the entries on a classic store only")
                .isEqualTo("overlay2");
        List<String> names = new ArrayList<>(List.of(NAME, SHELL_IMAGE));
        for (String name : Docker.run("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "bitnet-it/*").lines().toList()) {
            if (!name.endsWith(":<none>")) {
                names.add(name);
            }
        }
        Map<String, List<Long>> seen = new HashMap<>();
        for (String name : names) {
            String id = Docker.idOf(name);
            if (!seen.containsKey(id)) {
                Image image = new EngineImageSource(engine, id).read(VERIFIED, Progress.silent());
                List<Long> history = historyBytes(id);
                assertThat(layers(image).stream().filter(bytes -> bytes > 0).toList())
                        .as(name)
                        .isEqualTo(history);
                seen.put(id, history);
            }
        }
    }

    /** Of the history's entries that have any, lowest layer first. */
    private static List<Long> historyBytes(String id) throws Exception {
        List<Long> bytes = new ArrayList<>();
        for (JsonNode entry : engine.history(id)) {
            if (entry.path("Size").asLong() > 0) {
                bytes.add(0, entry.path("Size").asLong());
            }
        }
        return bytes;
    }

    @Test
    void visibleFilesAreThoseOfAnExportedContainer() throws Exception {
        for (String name : List.of(NAME, SHELL_IMAGE)) {
            Image image = new EngineImageSource(engine, name).read(VERIFIED, Progress.silent());
            Map<String, Long> visible = visible(image);
            assertThat(sum(visible)).isEqualTo(image.files().visibleBytes());
            visible.keySet().removeAll(OF_THE_ENGINE);
            Map<String, Long> exported = exported(name);
            exported.keySet().removeAll(OF_THE_ENGINE);

            assertThat(exported.keySet()).as(name).isEqualTo(visible.keySet());
            // Which of several links has the bytes depends on the order of the directories.
            assertThat(sum(exported)).as(name).isEqualTo(sum(visible));
        }
    }

    private static long sum(Map<String, Long> files) {
        return files.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> exported(String name) throws Exception {
        String container = Docker.run("create", name, "/none");
        Path file = directory.resolve("export.tar");
        try {
            Docker.run("export", "--output", file.toString(), container);
        } finally {
            Docker.run("rm", container);
        }
        Map<String, Long> exported = new TreeMap<>();
        try (InputStream in = Files.newInputStream(file);
                TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isDirectory()) {
                    long link = entry.getLinkName().getBytes(StandardCharsets.UTF_8).length;
                    long bytes = entry.isSymbolicLink() ? link : entry.isLink() ? 0 : entry.getSize();
                    exported.put(entry.getName(), bytes);
                }
            }
        }
        return exported;
    }

    private static Map<String, Long> visible(Image image) {
        Map<String, Long> visible = new TreeMap<>();
        MergedFileSystem files = image.files();
        for (int i = 0; i < files.size(); i++) {
            if (files.type(i) != EntryType.DIRECTORY) {
                visible.put(files.path(i), files.bytes(i));
            }
        }
        return visible;
    }
}
