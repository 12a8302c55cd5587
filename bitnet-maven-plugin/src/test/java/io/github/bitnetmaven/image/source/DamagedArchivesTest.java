package io.github.bitnetmaven.image.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Form;
import io.github.bitnetmaven.image.ArchiveBuilder.Packing;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A missing, truncated or altered part is an error, never a smaller number. */
class DamagedArchivesTest {
    private static final ReadOptions VERIFIED = new ReadOptions(null, true, false, List.of(), List.of());
    private static final long UNPACKED = 3_008;

    @TempDir
    private Path directory;

    private final ArchiveBuilder image = new ArchiveBuilder()
            .layer(new LayerBuilder("COPY").file("a", 1_000).file("b", 2_000))
            .layer(new LayerBuilder("RUN").whiteout("a").symbolicLink("c", "to the b"))
            .emptyLayer("CMD")
            .layer(new LayerBuilder("RUN").file("c", new byte[0], 0644));

    /** Figures that an undamaged image has. */
    private void assertIsWhole(Image read, String as) {
        long unpacked = read.layers().stream().mapToLong(layer -> layer.unpackedBytes()).sum();
        assertThat(unpacked).as(as).isEqualTo(UNPACKED);
        assertThat(read.files().visibleBytes()).as(as).isEqualTo(2_000);
        assertThat(read.id()).as(as).isEqualTo(image.id());
    }

    private static Image stream(byte[] archive) throws IOException, ImageException {
        StreamMembers members =
                StreamMembers.read(new ByteArrayInputStream(archive), ReadOptions.sizesOnly(), done -> {}, "Save it again.");
        return ArchiveReading.read(members, VERIFIED).assemble("stream", Image.SourceKind.ENGINE, VERIFIED);
    }

    @ParameterizedTest
    @EnumSource(value = Form.class, mode = EnumSource.Mode.EXCLUDE, names = "OCI_LAYOUT")
    void anArchiveThatIsCutOffAnywhereIsAnError(Form form) throws IOException, ImageException {
        for (Packing packing : List.of(Packing.NONE, Packing.GZIP, Packing.ZSTD)) {
            byte[] archive = ArchiveBuilder.archive(image.packed(packing).members(form));
            Path file = directory.resolve("cut.tar");
            // The last two blocks are the end mark; one of them is enough.
            for (int length = 0; length <= archive.length - 1_024; length += 331) {
                byte[] cut = Arrays.copyOf(archive, length);
                Files.write(file, cut);
                String as = form + " " + packing + " cut to " + length + " of " + archive.length;
                assertThat(catchThrowable(() -> ArchiveBuilder.read(file, ReadOptions.sizesOnly())))
                        .as(as)
                        .isInstanceOf(ImageException.class);
                assertThat(catchThrowable(() -> ArchiveBuilder.read(file, VERIFIED)))
                        .as(as)
                        .isInstanceOf(ImageException.class);
                assertThat(catchThrowable(() -> stream(cut)))
                        .as(as)
                        .isInstanceOfAny(ImageException.class, IOException.class);
            }
            assertIsWhole(stream(archive), form + " whole");
        }
    }

    /** With all digests checked, a changed byte either changes nothing that is told or is an error. */
    @ParameterizedTest
    @EnumSource(value = Form.class, mode = EnumSource.Mode.EXCLUDE, names = "OCI_LAYOUT")
    void aByteThatIsAlteredAnywhereIsAnErrorOrChangesNoFigure(Form form) throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int errors = 0;
        for (Packing packing : Packing.values()) {
            byte[] archive = ArchiveBuilder.archive(image.packed(packing).members(form));
            Path file = directory.resolve("altered.tar");
            for (int i = 0; i < 150; i++) {
                byte[] altered = archive.clone();
                int at = random.nextInt(archive.length);
                altered[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, altered);
                String as = form + " " + packing + " altered at " + at + ", seed " + seed;
                try {
                    assertIsWhole(ArchiveBuilder.read(file, VERIFIED), as);
                    assertIsWhole(stream(altered), as + ", as a stream");
                } catch (ImageException | IOException e) {
                    errors++;
                    assertThat(e).as(as).hasMessageMatching("(?s)[^\\n]+[.…]");
                }
            }
        }
        // Most bytes matter: those of the layers and of the metadata.
        assertThat(errors).as("seed %d", seed).isGreaterThan(200);
    }

    @Test
    void everyByteOfALayersBlobMatters() throws IOException {
        for (Packing packing : List.of(Packing.NONE, Packing.GZIP_MEMBERS, Packing.ZSTD_FRAMES)) {
            ArchiveBuilder small = new ArchiveBuilder()
                    .layer(new LayerBuilder("COPY").file("a", 100))
                    .packed(packing);
            Map<String, byte[]> members = small.members(Form.DOCKER_LEGACY);
            Map.Entry<String, byte[]> layer = members.entrySet().iterator().next();
            byte[] whole = layer.getValue();
            Path file = directory.resolve("altered.tar");
            for (int at = 0; at < whole.length; at++) {
                byte[] altered = whole.clone();
                altered[at] ^= 0x10;
                layer.setValue(altered);
                Files.write(file, ArchiveBuilder.archive(members));
                Throwable thrown = catchThrowable(() -> ArchiveBuilder.read(file, VERIFIED));
                if (thrown == null) {
                    // Legacy archives know the digest of the uncompressed layer only: gzip's time and system are free.
                    assertThat(packing).as("byte %d", at).isNotEqualTo(Packing.NONE);
                } else {
                    assertThat(thrown).as("%s, byte %d", packing, at).isInstanceOf(ImageException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aPartThatIsMissingIsNamed(Form form) throws IOException {
        List<String> names = List.copyOf(image.members(form).keySet());
        for (String name : names) {
            Map<String, byte[]> members = image.members(form);
            members.remove(name);
            Path path = ArchiveBuilder.write(members, form, directory);
            Throwable thrown = catchThrowable(() -> ArchiveBuilder.read(path, ReadOptions.sizesOnly()));
            boolean needed = !name.equals("oci-layout") && !isUnused(form, name);
            if (needed) {
                assertThat(thrown).as("%s without %s", form, name).isInstanceOf(ImageException.class);
            } else {
                assertThat(thrown).as("%s without %s", form, name).isNull();
            }
        }
    }

    /** Docker's archives have both kinds of metadata; one is enough. */
    private boolean isUnused(Form form, String name) {
        if (form != Form.DOCKER) {
            return false;
        }
        String manifest = ArchiveBuilder.blob(new LinkedHashMap<>(), image.manifest());
        return name.equals("manifest.json") || name.equals("index.json") || name.equals(manifest);
    }

    @Test
    void aLayerThatIsMissingIsSaidToBe() throws IOException {
        Map<String, byte[]> members = image.members(Form.DOCKER_LEGACY);
        String layer = members.keySet().iterator().next();
        members.remove(layer);

        assertThatThrownBy(() -> ArchiveBuilder.read(
                        ArchiveBuilder.write(members, Form.DOCKER_LEGACY, directory), ReadOptions.sizesOnly()))
                .isInstanceOf(ImageException.class)
                .hasMessage("'" + layer + "' is missing, although the image's metadata names it. Save or pull the image"
                        + " again.");
    }

    @Test
    void aConfigurationThatWasAlteredIsSaidToBe() throws IOException {
        Map<String, byte[]> members = image.members(Form.DOCKER_LEGACY);
        String name = image.id().substring(7) + ".json";
        byte[] altered = new String(members.get(name), StandardCharsets.UTF_8)
                .replace("CMD", "cmd")
                .getBytes(StandardCharsets.UTF_8);
        members.put(name, altered);

        assertThatThrownBy(() -> ArchiveBuilder.read(
                        ArchiveBuilder.write(members, Form.DOCKER_LEGACY, directory), ReadOptions.sizesOnly()))
                .hasMessageStartingWith("The image's configuration '" + name + "' was altered: its digest is sha256:");
    }

    @Test
    void layersInTheWrongOrderAreAnError() throws IOException {
        Map<String, byte[]> members = image.members(Form.DOCKER_LEGACY);
        List<String> names = List.copyOf(members.keySet());
        byte[] first = members.get(names.get(0));
        members.put(names.get(0), members.get(names.get(1)));
        members.put(names.get(1), first);
        Path file = ArchiveBuilder.write(members, Form.DOCKER_LEGACY, directory);

        assertThatThrownBy(() -> ArchiveBuilder.read(file, VERIFIED))
                .hasMessage("Layer 1 of 3 was altered: its digest is " + image.diffIds().get(1)
                        + ", but the image's configuration says " + image.diffIds().get(0)
                        + ". Save or pull the image again.");
    }

    /** Its contents are skipped by seeking, which would go past the end of the file unnoticed. */
    @Test
    void anArchiveThatIsCutOffWithinItsLastFileIsAnErrorThoughContentsAreSkipped() throws IOException {
        byte[] archive = ArchiveBuilder.archive(Map.of("a/layer.tar", new LayerBuilder().file("x", 100_000).bytes()));
        Path file = Files.write(directory.resolve("cut.tar"), Arrays.copyOf(archive, 50_000));

        assertThatThrownBy(() -> ArchiveBuilder.read(file, ReadOptions.sizesOnly()))
                .hasMessageContaining("The archive is cut off after the header of 'a/layer.tar'");
    }

    @Test
    void aLayerThatIsCutOffWithinItsLastFileIsAnErrorThoughContentsAreSkipped() throws IOException {
        byte[] layer = new LayerBuilder().file("x", 100_000).bytes();
        ArchiveBuilder cut = new ArchiveBuilder().layer(Arrays.copyOf(layer, 50_176), "COPY");
        Path file = cut.write(Form.DOCKER_LEGACY, directory);

        assertThatThrownBy(() -> ArchiveBuilder.read(file, ReadOptions.sizesOnly()))
                .hasMessageContaining("The archive is cut off after the header of 'x'");
        assertThatThrownBy(() -> ArchiveBuilder.read(file, VERIFIED))
                .hasMessageContaining("The archive is cut off after the header of 'x'");
    }

    @Test
    void aLayerWithoutAnEndMarkNeedsItsDigest() throws IOException, ImageException {
        byte[] layer = new LayerBuilder().file("x", 512).bytes();
        ArchiveBuilder unmarked = new ArchiveBuilder().layer(Arrays.copyOf(layer, 1_024), "COPY");
        Path file = unmarked.write(Form.DOCKER, directory);

        assertThatThrownBy(() -> ArchiveBuilder.read(file, ReadOptions.sizesOnly()))
                .hasMessageEndingWith("The layer ends without an end mark, so it may be cut off; its digest can tell: set"
                        + " bitnet.verifyDigests=true.");
        assertThat(ArchiveBuilder.read(file, VERIFIED).files().visibleBytes()).isEqualTo(512);
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        assertRefused(new byte[0], "The archive '%s' is empty. Save the image again.");
        assertRefused(
                "hello".getBytes(StandardCharsets.UTF_8), "'%s' cannot be read: The archive is cut off (near byte 0).");
        assertRefused(
                "x".repeat(5_000).getBytes(StandardCharsets.UTF_8),
                "'%s' cannot be read: The archive holds something that is not a tar header (near byte 0).");
        String noImage = "The archive holds no image: it has neither manifest.json (docker save) nor index.json (OCI). Give"
                + " the output of docker save, an OCI archive, or an OCI layout directory.";
        assertRefused(new byte[10_240], noImage);
        assertRefused(new LayerBuilder().file("a", 10).bytes(), noImage);
        assertRefused(Packing.GZIP.pack(new LayerBuilder().file("a", 10).bytes()), noImage);
    }

    private void assertRefused(byte[] content, String message) throws IOException {
        Path file = Files.write(directory.resolve("no-image"), content);
        assertThatThrownBy(() -> ArchiveBuilder.read(file, ReadOptions.sizesOnly()))
                .isInstanceOf(ImageException.class)
                .hasMessage(message, file);
    }

    @Test
    void archivesOfBrokenVersionsOfDockerAreExplained() throws IOException {
        Map<String, byte[]> members = image.members(Form.DOCKER);
        String configuration = "blobs/sha256/" + image.id().substring(7);
        members.put(
                "manifest.json",
                ("[{\"Config\":\"" + configuration + "\",\"RepoTags\":null,\"Layers\":null}]")
                        .getBytes(StandardCharsets.UTF_8));
        Path noLayers = ArchiveBuilder.write(members, Form.DOCKER, directory);
        assertThatThrownBy(() -> ArchiveBuilder.read(noLayers, ReadOptions.sizesOnly()))
                .hasMessage("The archive's manifest.json names 0 layers, but the image's configuration has 3. Some versions"
                        + " of Docker write such archives (moby issue 47065): save the image again with another version,"
                        + " or audit it from the engine.");

        Map<String, byte[]> layout = image.members(Form.OCI_ARCHIVE);
        layout.put("index.json", "{\"schemaVersion\":2,\"manifests\":null}".getBytes(StandardCharsets.UTF_8));
        Path noManifests = ArchiveBuilder.write(layout, Form.OCI_ARCHIVE, directory);
        assertThatThrownBy(() -> ArchiveBuilder.read(noManifests, ReadOptions.sizesOnly()))
                .hasMessage("The layout names no image that is in it. Save or push the image again.");
    }

    @Test
    void ofSeveralImagesInOneArchiveNoneIsTaken() throws IOException {
        ArchiveBuilder other = new ArchiveBuilder().layer(new LayerBuilder("x").file("y", 1)).tag("acme/other:1");
        Map<String, byte[]> members = image.members(Form.DOCKER_LEGACY);
        Map<String, byte[]> others = other.members(Form.DOCKER_LEGACY);
        String first = new String(members.get("manifest.json"), StandardCharsets.UTF_8);
        String second = new String(others.get("manifest.json"), StandardCharsets.UTF_8);
        others.forEach(members::putIfAbsent);
        members.put(
                "manifest.json",
                (first.substring(0, first.length() - 1) + "," + second.substring(1)).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ArchiveBuilder.read(
                        ArchiveBuilder.write(members, Form.DOCKER_LEGACY, directory), ReadOptions.sizesOnly()))
                .hasMessage("The archive holds 2 images: acme/bitnet:1.0, acme/other:1. Save the one to be audited alone.");
    }

    @Test
    void pathsInMetadataDoNotLeaveTheLayout() throws IOException {
        Path layout = image.write(Form.OCI_LAYOUT, directory);
        Files.write(directory.resolve("secret"), new LayerBuilder().file("s", 1).bytes());
        byte[] configuration = "{\"manifests\":[{\"digest\":\"sha256:../../secret\",\"size\":1}]}"
                .getBytes(StandardCharsets.UTF_8);
        Files.write(layout.resolve("index.json"), configuration);

        assertThatThrownBy(() -> ArchiveBuilder.read(layout, ReadOptions.sizesOnly()))
                .hasMessage("The index holds 'sha256:../../secret' where a SHA-256 digest is expected.");
    }

    @Test
    void linksBetweenMembersThatGoInACircleAreMissing() throws IOException {
        Map<String, byte[]> members = image.members(Form.DOCKER_LEGACY);
        String layer = members.keySet().iterator().next();
        members.remove(layer);
        members.put(layer + " -> ../x", new byte[0]);
        members.put("x -> " + layer, new byte[0]);

        assertThatThrownBy(() -> ArchiveBuilder.read(
                        ArchiveBuilder.write(members, Form.DOCKER_LEGACY, directory), ReadOptions.sizesOnly()))
                .hasMessage("'" + layer + "' is missing, although the image's metadata names it. Save or pull the image"
                        + " again.");
    }

    @Test
    void randomBytesNeverDoMoreThanFail() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(20_000)];
            random.nextBytes(bytes);
            if (i % 3 == 0 && bytes.length > 2) {
                bytes[0] = 0x1f;
                bytes[1] = (byte) 0x8b;
            } else if (i % 3 == 1 && bytes.length > 4) {
                System.arraycopy(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, 0, bytes, 0, 4);
            }
            Path file = Files.write(directory.resolve("random"), bytes);
            assertThat(catchThrowable(() -> ArchiveSources.open(file).read(VERIFIED, Progress.silent())))
                    .as("seed %d, file %d", seed, i)
                    .isInstanceOf(ImageException.class);
        }
    }
}
