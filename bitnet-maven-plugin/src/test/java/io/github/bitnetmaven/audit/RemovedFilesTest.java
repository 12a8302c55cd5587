package io.github.bitnetmaven.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.TarBytes.Header;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whiteouts, opaque marks and what AUFS leaves.
 * Every expected figure is computed by hand, in the comment beside it.
 */
class RemovedFilesTest extends EntryByEntry {
    @Test
    void aDirectoryRemovedWholeIsWastedWithAllThatWasInIt() throws IOException, BitnetException {
        image.layer(cache());
        image.layer(new LayerBuilder("RUN rm -r").directory("var").whiteout("var/cache"));

        // 1,000 + 2,000 + the 6 bytes of the link's target "deep/b" are hidden; 10 are left.
        assertThat(figures()).isEqualTo(new Figures(3_016, 10, 3_006, List.of(3_016L, 0L)));
        assertThat(visible(read())).isEqualTo(Map.of("var/kept", 10L));
    }

    @Test
    void aDirectoryRemovedFileByFileWastesTheSame() throws IOException, BitnetException {
        image.layer(cache());
        image.layer(new LayerBuilder("RUN rm")
                .directory("var/cache")
                .whiteout("var/cache/a")
                .whiteout("var/cache/link")
                .directory("var/cache/deep")
                .whiteout("var/cache/deep/b"));

        assertThat(figures()).isEqualTo(new Figures(3_016, 10, 3_006, List.of(3_016L, 0L)));
    }

    @Test
    void anOpaqueMarkHidesTheSameAndNotWhatItsOwnLayerAddsWhereverItStands() throws IOException, BitnetException {
        image.layer(cache());
        image.layer(new LayerBuilder("RUN rm -r && mkdir")
                .directory("var/cache")
                .file("var/cache/before", 30)
                .opaque("var/cache")
                .file("var/cache/after", 40));

        // As above, and 70 new bytes.
        assertThat(figures()).isEqualTo(new Figures(3_086, 80, 3_006, List.of(3_016L, 70L)));
        assertThat(visible(read()))
                .isEqualTo(Map.of("var/cache/after", 40L, "var/cache/before", 30L, "var/kept", 10L));
    }

    @Test
    void anOpaqueRootLeavesOnlyWhatItsLayerHas() throws IOException, BitnetException {
        image.layer(cache());
        image.layer(new LayerBuilder("squash").opaque("").file("a", 5));

        assertThat(figures()).isEqualTo(new Figures(3_021, 5, 3_016, List.of(3_016L, 5L)));
    }

    @Test
    void whatALayerRemovesALaterOneCanBringBack() throws IOException, BitnetException {
        image.layer(cache());
        image.layer(new LayerBuilder("RUN rm -r").whiteout("var/cache"));
        image.layer(new LayerBuilder("COPY").file("var/cache/a", 3));

        assertThat(figures()).isEqualTo(new Figures(3_019, 13, 3_006, List.of(3_016L, 0L, 3L)));
    }

    @Test
    void aWhiteoutAndAFileOfTheSamePathInOneLayerLeaveTheFile() throws IOException, BitnetException {
        image.layer(new LayerBuilder("one").file("a/old", 100).file("b", 50));
        image.layer(new LayerBuilder("two").file("b", 60).whiteout("b").whiteout("a").file("a/new", 1));

        // Whiteouts apply to the layers below only: 100 and 50 are hidden.
        assertThat(figures()).isEqualTo(new Figures(211, 61, 150, List.of(150L, 61L)));
    }

    @Test
    void aWhiteoutThatHidesNothingChangesNothingBesideAFileThatIsThereTwice() throws IOException, BitnetException {
        image.layer(new LayerBuilder("one").file("usr/a", 100));
        image.layer(new LayerBuilder("two")
                .whiteout("usr/never")
                .whiteout("nowhere/at/all")
                .whiteout("usr/ab")
                .file("usr/a", 100));

        assertThat(figures()).isEqualTo(new Figures(200, 100, 100, List.of(100L, 100L)));
    }

    @Test
    void aWhiteoutWithoutANameIsInvalid() {
        LayerBuilder layer = new LayerBuilder("RUN");
        layer.tar().entry(new Header("usr/.wh."), new byte[0]);
        image.layer(layer);

        assertThatThrownBy(this::read)
                .hasMessageEndingWith("cannot be read: The whiteout 'usr/.wh.' does not name what it removes.");
    }

    @Test
    void aufsResidueIsIgnoredAndOnlyLendsItsContentToLinks() throws IOException, BitnetException {
        image.layer(new LayerBuilder("aufs")
                .directory(".wh..wh.plnk")
                .directory(".wh..wh.orph")
                .file(".wh..wh.aufs", 3)
                .file(".wh..wh.plnk/123.45", 1_000)
                .hardLink("usr/a", ".wh..wh.plnk/123.45")
                .hardLink("usr/b", ".wh..wh.plnk/123.45"));

        Image read = read();

        assertThat(visible(read)).isEqualTo(Map.of("usr/a", 1_000L, "usr/b", 0L));
        assertThat(sizes(read).unpackedBytes()).isEqualTo(1_000);
    }
}
