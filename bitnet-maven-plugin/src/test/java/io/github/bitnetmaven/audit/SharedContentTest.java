package io.github.bitnetmaven.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Form;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.TarBytes.Header;
import io.github.bitnetmaven.image.source.ArchiveSources;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hard links, and the same bytes under two paths.
 * Every expected figure is computed by hand, in the comment beside it.
 */
class SharedContentTest extends EntryByEntry {
    @Test
    void theSameBytesUnderTwoPathsAreNoWasteAndHaveOneDigestANearCopyHasNot() throws IOException, BitnetException {
        byte[] weights = new byte[1_000];
        byte[] near = weights.clone();
        near[999] = 1;
        image.layer(new LayerBuilder("COPY")
                .file("a.gguf", weights, 0644)
                .file("b.gguf", weights, 0600)
                .file("c.gguf", near, 0644));

        Image read = ArchiveBuilder.read(
                image.write(Form.OCI_ARCHIVE, directory), new ReadOptions(null, false, true, List.of(), List.of()));

        Sizes sizes = sizes(read);
        assertThat(sizes.wastedBytes()).isZero();
        // a and b are one model, c another.
        assertThat(sizes.modelBytes()).isEqualTo(2_000);
        assertThat(sizes.withoutModelBytes()).isEqualTo(1_000);
        List<String> digests = List.of(0, 1, 2).stream()
                .map(entry -> String.valueOf(read.layers().get(0).entries().contentDigest(entry)))
                .toList();
        assertThat(digests.get(0)).isEqualTo(digests.get(1)).isNotEqualTo(digests.get(2));
    }

    /** Of one size are vocabularies in sources of llama.cpp, and large models that were copied. */
    @ParameterizedTest
    @CsvSource({"132, DOCKER, 1", "132, OCI_LAYOUT, 1", "70000, OCI_ARCHIVE, 2"})
    void modelsOfOneSizeAreToldApartWithoutReadingAllContents(int size, Form form, int times)
            throws IOException, BitnetException {
        byte[] weights = new byte[size];
        byte[] near = weights.clone();
        near[size - 1] = 1;
        image.layer(new LayerBuilder("COPY")
                .file("a.gguf", weights, 0644)
                .file("b.gguf", near, 0644)
                .file("c.gguf", weights, 0644));
        ImageSource source = ArchiveSources.open(image.write(form, directory));
        List<ReadOptions> reads = new ArrayList<>();

        Audit audit = new Auditor(Budgets.defaults(), models())
                .audit(
                        (options, progress) -> {
                            reads.add(options);
                            return source.read(options, progress);
                        },
                        ReadOptions.sizesOnly(),
                        Progress.silent());

        // a and b are models, c is a copy of a.
        assertThat(audit.sizes().modelBytes()).isEqualTo(2L * size);
        assertThat(audit.sizes().withoutModelBytes()).isEqualTo(size);
        assertThat(reads).hasSize(times).noneMatch(ReadOptions::contentDigests);
    }

    @Test
    void busyboxIsOneFileHoweverManyLinksItHas() throws IOException, BitnetException {
        LayerBuilder busybox = new LayerBuilder("ADD rootfs").directory("bin").file("bin/[", 1_000_000);
        for (int i = 0; i < 400; i++) {
            busybox.hardLink("bin/applet" + i, "bin/[");
        }
        image.layer(busybox);

        Image read = read();

        assertThat(sizes(read).unpackedBytes()).isEqualTo(1_000_000);
        assertThat(sizes(read).visibleBytes()).isEqualTo(1_000_000);
        assertThat(sizes(read).fileCount()).isEqualTo(401);
        assertThat(visible(read)).containsEntry("bin/[", 1_000_000L).containsEntry("bin/applet399", 0L);
    }

    @Test
    void contentStaysVisibleAsLongAsOneOfItsLinksDoes() throws IOException, BitnetException {
        image.layer(new LayerBuilder("ADD").file("bin/a", 1_000).hardLink("bin/b", "bin/a").hardLink("bin/c", "bin/a"));
        image.layer(new LayerBuilder("RUN rm").whiteout("bin/a").whiteout("bin/b"));

        Image read = read();

        assertThat(sizes(read).wastedBytes()).isZero();
        assertThat(visible(read)).isEqualTo(Map.of("bin/c", 1_000L));
    }

    @Test
    void contentIsWastedWhenTheLastOfItsLinksIsGone() throws IOException, BitnetException {
        image.layer(new LayerBuilder("ADD").file("bin/a", 1_000).hardLink("bin/b", "bin/a"));
        image.layer(new LayerBuilder("RUN rm").whiteout("bin"));

        assertThat(figures()).isEqualTo(new Figures(1_000, 0, 1_000, List.of(1_000L, 0L)));
    }

    @Test
    void aHardLinkHasNoBytesEvenIfItsHeaderSetsASize() throws IOException, BitnetException {
        LayerBuilder layer = new LayerBuilder("ADD").file("a", 1_000);
        layer.tar().header(new Header("b").type('1').link("a").size(1_000));
        layer.file("c", 1);
        image.layer(layer);

        assertThat(figures()).isEqualTo(new Figures(1_001, 1_001, 0, List.of(1_001L)));
    }

    @Test
    void aHardLinkToAFileOfALowerLayerSharesItsBytes() throws IOException, BitnetException {
        image.layer(new LayerBuilder("ADD").file("a", 1_000));
        image.layer(new LayerBuilder("RUN ln").hardLink("b", "a"));

        Image read = read();

        assertThat(sizes(read).unpackedBytes()).isEqualTo(1_000);
        assertThat(visible(read)).isEqualTo(Map.of("a", 1_000L, "b", 0L));
    }

    @Test
    void aLinkToALinkToAFileOfALowerLayerSharesItsBytesToo() throws IOException, BitnetException {
        image.layer(new LayerBuilder("ADD").file("a", 1_000));
        image.layer(new LayerBuilder("RUN ln").hardLink("b", "a").hardLink("c", "b"));
        image.layer(new LayerBuilder("RUN rm").whiteout("a").whiteout("b"));

        Image read = read();

        assertThat(sizes(read).wastedBytes()).isZero();
        assertThat(visible(read)).isEqualTo(Map.of("c", 1_000L));
    }

    @Test
    void aHardLinkToNothingCannotBeAudited() {
        image.layer(new LayerBuilder("ADD").file("a", 1_000));
        image.layer(new LayerBuilder("RUN").whiteout("a"));
        image.layer(new LayerBuilder("RUN ln").hardLink("b", "a"));

        assertThatThrownBy(this::read)
                .hasMessage("Layer 3 has a hard link 'b' to 'a', which is no file of this layer or one below it. The image"
                        + " is broken: build or pull it again.");
    }
}
