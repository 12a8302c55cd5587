package io.github.bitnetmaven.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.image.ArchiveBuilder.Packing;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.LayerBuilder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Layers that are empty, tiny, there twice or not at all, and their history.
 * Every expected figure is computed by hand, in the comment beside it.
 */
class LayersAndHistoryTest extends EntryByEntry {
    @Test
    void emptyLayersAroundARealOneAreLayersAndHistoryWithoutALayerIsNone() throws IOException, BitnetException {
        byte[] empty = new LayerBuilder().bytes();
        image.emptyLayer("ENV A=1")
                .layer(empty, "WORKDIR /")
                .emptyLayer("ENV B=2")
                .layer(new LayerBuilder("COPY a /a").file("a", 9))
                .layer(empty, "RUN true")
                .emptyLayer("CMD a");

        Image read = read();

        // One diff id twice, and each keeps its own instruction.
        assertThat(read.layers().get(0).diffId()).isEqualTo(read.layers().get(2).diffId());
        assertThat(read.layers()).extracting(Layer::createdBy).containsExactly("WORKDIR /", "COPY a /a", "RUN true");
        assertThat(figures()).isEqualTo(new Figures(9, 9, 0, List.of(0L, 9L, 0L)));
        assertThat(read.configuration().historyAligned()).isTrue();
    }

    @Test
    void aLayerThatIsThereTwiceCountsTwice() throws IOException, BitnetException {
        LayerBuilder layer = new LayerBuilder("COPY a /a").file("a", 900);
        image.layer(layer).layer(new LayerBuilder("RUN").whiteout("a")).layer(layer);

        assertThat(figures()).isEqualTo(new Figures(1_800, 900, 900, List.of(900L, 0L, 900L)));
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void theEmptyLayerOfOldImagesRepeats(Packing packing) throws IOException, BitnetException {
        byte[] empty = new byte[1_024];
        image.layer(empty, "ENV A").layer(new LayerBuilder("COPY").file("a", 5)).layer(empty, "CMD").packed(packing);

        assertThat(figures()).isEqualTo(new Figures(5, 5, 0, List.of(0L, 5L, 0L)));
    }

    @Test
    void historyThatIsMissingOrDoesNotFitIsSaidToBeSo() throws IOException, BitnetException {
        image.layer(new LayerBuilder("COPY").file("a", 5)).withoutHistory();

        Image read = read();

        assertThat(read.configuration().historyAligned()).isFalse();
        assertThat(read.layers().get(0).createdBy()).isEmpty();
        assertThat(sizes(read).unpackedBytes()).isEqualTo(5);
    }

    @Test
    void distrolessHasManyTinyLayersThatNobodyCreated() throws IOException, BitnetException {
        for (int i = 0; i < 300; i++) {
            image.layer(new LayerBuilder("").directory("var/lib/dpkg/status.d").file("var/lib/dpkg/status.d/p" + i, i));
        }

        Image read = read();

        // 0 + 1 + … + 299
        assertThat(sizes(read).unpackedBytes()).isEqualTo(44_850);
        assertThat(sizes(read).wastedBytes()).isZero();
        assertThat(read.layers()).hasSize(300).allSatisfy(layer -> assertThat(layer.createdBy()).isEmpty());
    }

    @Test
    void anImageOfOneLayerWastesNothing() throws IOException, BitnetException {
        image.layer(new LayerBuilder("COPY").file("a", 5));

        assertThat(figures()).isEqualTo(new Figures(5, 5, 0, List.of(5L)));
    }

    @Test
    void anImageWithoutLayersIsEmpty() throws IOException, BitnetException {
        image.emptyLayer("CMD a");

        assertThat(figures()).isEqualTo(new Figures(0, 0, 0, List.of()));
    }
}
