package io.github.bitnetmaven.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.TarBytes.Header;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Files, links and directories that a later layer replaces.
 * Every expected figure is computed by hand, in the comment beside it.
 */
class ReplacedFilesTest extends EntryByEntry {
    private static final int BIG = 500_000;

    @Test
    void aBigFileWhoseOwnerOrModeALaterLayerChangesWastesOneCopy() throws IOException, BitnetException {
        image.layer(new LayerBuilder("COPY").directory("app").file("app/big", BIG).file("app/small", 7));
        image.layer(new LayerBuilder("RUN chown").directory("app").file("app/big", BIG));

        // 500,007 + 500,000; a container sees one copy and the small file.
        assertThat(figures()).isEqualTo(new Figures(1_000_007, 500_007, 500_000, List.of(500_007L, 500_000L)));
    }

    @Test
    void aBigFileThatIsChangedTwiceWastesTwoCopies() throws IOException, BitnetException {
        image.layer(new LayerBuilder("COPY").file("big", BIG));
        image.layer(new LayerBuilder("RUN chown").file("big", BIG));
        image.layer(new LayerBuilder("RUN chmod").file("big", BIG));

        assertThat(figures())
                .isEqualTo(new Figures(1_500_000, 500_000, 1_000_000, List.of(500_000L, 500_000L, 500_000L)));
    }

    @Test
    void aFileOverADirectoryHidesAllThatWasInIt() throws IOException, BitnetException {
        image.layer(cache());
        image.layer(new LayerBuilder("RUN").file("var", 2));

        assertThat(figures()).isEqualTo(new Figures(3_018, 2, 3_016, List.of(3_016L, 2L)));
    }

    @Test
    void aLinkOverADirectoryHidesAllThatWasInItAndADirectoryReplacesTheLink() throws IOException, BitnetException {
        image.layer(new LayerBuilder("one").file("lib/a", 100).file("usr/lib/b", 10));
        image.layer(new LayerBuilder("two").symbolicLink("lib", "usr/lib"));
        image.layer(new LayerBuilder("three").directory("lib").file("lib/c", 1));

        // Hidden: 100 by the link, and the link's 7 bytes by the directory.
        assertThat(figures()).isEqualTo(new Figures(118, 11, 107, List.of(110L, 7L, 1L)));
    }

    @Test
    void aDirectoryThatTheArchiveOnlyImpliesReplacesALinkToo() throws IOException, BitnetException {
        image.layer(new LayerBuilder("one").symbolicLink("lib", "usr/lib").file("usr/lib/b", 10));
        image.layer(new LayerBuilder("two").file("lib/c", 1));

        assertThat(visible(read())).isEqualTo(Map.of("lib/c", 1L, "usr/lib/b", 10L));
    }

    @Test
    void aDirectoryWhoseModeChangesKeepsWhatIsInIt() throws IOException, BitnetException {
        image.layer(cache());
        image.layer(new LayerBuilder("RUN chmod").directory("var").directory("var/cache"));

        assertThat(figures()).isEqualTo(new Figures(3_016, 3_016, 0, List.of(3_016L, 0L)));
    }

    @Test
    void devicesAndFifosHaveNoBytesAndCanHideFiles() throws IOException, BitnetException {
        image.layer(new LayerBuilder("one").file("dev/x", 100));
        LayerBuilder layer = new LayerBuilder("two").fifo("dev/x");
        layer.tar().header(new Header("dev/null").type('3').size(77));
        image.layer(layer);

        assertThat(figures()).isEqualTo(new Figures(100, 0, 100, List.of(100L, 0L)));
    }

    @Test
    void ifALayerNamesAPathTwiceTheLastEntryCounts() throws IOException, BitnetException {
        image.layer(new LayerBuilder("one").file("a", 100).file("b", 5).file("a", 30));

        assertThat(figures()).isEqualTo(new Figures(35, 35, 0, List.of(35L)));
    }
}
