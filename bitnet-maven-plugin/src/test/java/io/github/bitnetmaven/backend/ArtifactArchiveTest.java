package io.github.bitnetmaven.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.backend.RuntimeArtifacts.Artifact;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactArchiveTest {
    @TempDir
    Path temporary;

    private Path directory;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);

    @BeforeEach
    void name() {
        directory = temporary.resolve("backend");
    }

    @Test
    void filesAreUnpackedWithTheirModesAndListed() throws Exception {
        add("runtime/app/bin/llama-server", 0755, "server");
        add("runtime/app/lib/libggml.so", 0644, "lib");
        RuntimeArtifacts artifacts = ArtifactArchive.unpack(archive(), directory, "k1");
        assertThat(artifacts)
                .isEqualTo(new RuntimeArtifacts(
                        directory,
                        List.of(new Artifact("app/bin/llama-server", 6)),
                        List.of(new Artifact("app/lib/libggml.so", 3))));
        assertThat(Files.isExecutable(directory.resolve("app/bin/llama-server"))).isTrue();
        assertThat(Files.isExecutable(directory.resolve("app/lib/libggml.so"))).isFalse();
        assertThat(ArtifactArchive.artifacts(directory)).isEqualTo(artifacts);
    }

    @Test
    void whatWasThereIsReplaced() throws Exception {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("old"), "old");
        add("runtime/app/bin/llama-server", 0755, "server");
        ArtifactArchive.unpack(archive(), directory, "k1");
        assertThat(directory.resolve("old")).doesNotExist();
        assertThat(directory.resolveSibling("backend.part")).doesNotExist();
    }

    @Test
    void theKeyTellsWhetherTheArtifactsAreTheRightOnes() throws Exception {
        assertThat(ArtifactArchive.isUnpacked("k1", directory)).isFalse();
        ArtifactArchive.unpack(archive(), directory, "k1");
        assertThat(ArtifactArchive.isUnpacked("k1", directory)).isTrue();
        assertThat(ArtifactArchive.isUnpacked("k2", directory)).isFalse();
    }

    @Test
    void nothingIsWrittenOutsideOfTheDirectory() throws Exception {
        add("runtime/../../evil", 0644, "x");
        assertThatThrownBy(() -> ArtifactArchive.unpack(archive(), directory, "k1"))
                .isInstanceOf(BackendException.class)
                .hasMessage("The runtime artifacts cannot be copied from the container to " + directory
                        + ": runtime/../../evil is not below runtime/");
        assertThat(temporary.resolve("evil")).doesNotExist();
        assertThat(directory).doesNotExist();
    }

    @Test
    void linksAreRefused() throws Exception {
        TarArchiveEntry link = new TarArchiveEntry("runtime/app/lib/x", TarConstants.LF_SYMLINK);
        link.setLinkName("/etc/passwd");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
        assertThatThrownBy(() -> ArtifactArchive.unpack(archive(), directory, "k1"))
                .hasMessageEndingWith("runtime/app/lib/x is neither a file nor a directory");
    }

    @Test
    void aTruncatedArchiveLeavesWhatWasThere() throws Exception {
        add("runtime/app/bin/llama-server", 0755, "x".repeat(5000));
        tar.close();
        byte[] cut = Arrays.copyOf(bytes.toByteArray(), 2000);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("old"), "old");
        assertThatThrownBy(() -> ArtifactArchive.unpack(new ByteArrayInputStream(cut), directory, "k1"))
                .isInstanceOf(BackendException.class);
        assertThat(directory.resolve("old")).hasContent("old");
    }

    private void add(String name, int mode, String content) throws IOException {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(data.length);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
    }

    private InputStream archive() throws IOException {
        tar.close();
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
