package io.github.bitnetmaven.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Form;
import io.github.bitnetmaven.image.ArchiveBuilder.Packing;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One image in every form, packing and index.
 * Every expected figure is computed by hand, in the comment beside it.
 */
class ImageFormsTest extends EntryByEntry {
    @Test
    void ofAnIndexThePlatformAskedForIsReadAndAttestationsNever() throws IOException, BitnetException {
        ArchiveBuilder arm = new ArchiveBuilder().platform("linux", "arm64").layer(new LayerBuilder("arm").file("a", 64));
        ArchiveBuilder attestation =
                new ArchiveBuilder().platform("unknown", "unknown").layer(new LayerBuilder("x").file("x", 9_999));
        image.layer(new LayerBuilder("amd").file("a", 86));
        Map<String, byte[]> members = new LinkedHashMap<>();
        List<Map<String, Object>> descriptors = new ArrayList<>();
        for (ArchiveBuilder one : List.of(attestation, arm, image)) {
            members.putAll(one.members(Form.OCI_LAYOUT));
            descriptors.add(one.descriptor(one.manifest()));
        }
        byte[] nested = ArchiveBuilder.index(descriptors);
        ArchiveBuilder.blob(members, nested);
        members.put(
                "index.json",
                ArchiveBuilder.index(List.of(
                        ArchiveBuilder.descriptor("application/vnd.oci.image.index.v1+json", nested))));
        Path layout = ArchiveBuilder.write(members, Form.OCI_LAYOUT, directory);

        assertThat(visible(ArchiveBuilder.read(layout, platform("linux/amd64")))).isEqualTo(Map.of("a", 86L));
        assertThat(visible(ArchiveBuilder.read(layout, platform("linux/arm64")))).isEqualTo(Map.of("a", 64L));
        assertThatThrownBy(() -> ArchiveBuilder.read(layout, platform("linux/s390x")))
                .hasMessage("No image of the layout is for linux/s390x; there are linux/amd64, linux/arm64. Choose one with"
                        + " bitnet.platform.");
        assertThatThrownBy(() -> ArchiveBuilder.read(layout, platform("unknown/unknown")))
                .isInstanceOf(ImageException.class);
    }

    @Test
    void whatARegistryTransfersIsNotKnownOfASavedImage() throws IOException, BitnetException {
        image.layer(new LayerBuilder("COPY").file("a", 5));
        Path archive = image.write(Form.DOCKER, directory);

        assertThat(sizes(ArchiveBuilder.read(archive, VERIFIED)).packedBytes()).isNull();
        assertThat(sizes(ArchiveBuilder.read(archive, platform("linux/amd64"))).packedBytes()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void everyFormAndPackingHasTheSameFigures(Packing packing) throws IOException, BitnetException {
        image.packed(packing);
        image.layer(cache());
        image.layer(new LayerBuilder("RUN rm").whiteout("var/cache/a").hardLink("var/again", "var/kept"));
        long blobs = image.blobs().stream().mapToLong(blob -> blob.length).sum();

        for (Form form : Form.values()) {
            for (boolean verify : List.of(true, false)) {
                Image read = ArchiveBuilder.read(
                        image.write(form, directory), new ReadOptions(null, verify, false, List.of(), List.of()));
                Sizes sizes = sizes(read);
                assertThat(List.of(sizes.unpackedBytes(), sizes.visibleBytes(), sizes.wastedBytes()))
                        .as("%s, verified: %s", form, verify)
                        .isEqualTo(List.of(3_016L, 2_016L, 1_000L));
                assertThat(read.id()).isEqualTo(image.id());
                boolean packedIsKnown = form == Form.OCI_ARCHIVE || form == Form.OCI_LAYOUT;
                assertThat(sizes.packedBytes()).as("%s", form).isEqualTo(packedIsKnown ? blobs : null);
                boolean skipped = !verify && packing == Packing.NONE;
                assertThat(read.uncheckedDigests()).isEqualTo(skipped ? image.diffIds() : List.of());
            }
        }
    }

    private static ReadOptions platform(String platform) {
        return new ReadOptions(platform, true, false, List.of(), List.of());
    }
}
