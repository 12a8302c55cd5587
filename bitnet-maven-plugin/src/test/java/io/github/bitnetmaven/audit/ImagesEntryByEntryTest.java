package io.github.bitnetmaven.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Form;
import io.github.bitnetmaven.image.ArchiveBuilder.Packing;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.MergedFileSystem;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.TarBytes;
import io.github.bitnetmaven.image.TarBytes.Header;
import io.github.bitnetmaven.image.layer.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images built entry by entry. Every expected figure is computed by hand, in the comment beside it. */
class ImagesEntryByEntryTest {
    private static final ReadOptions VERIFIED = new ReadOptions(null, true, false, List.of(), List.of());
    private static final int BIG = 500_000;

    @TempDir
    private Path directory;

    private final ArchiveBuilder image = new ArchiveBuilder();

    /** What the audit says of an image, and what of its layers. */
    private record Figures(long unpacked, long visible, long wasted, List<Long> layers) {}

    private Image read() throws IOException, BitnetException {
        return ArchiveBuilder.read(image.write(Form.DOCKER, directory), VERIFIED);
    }

    private static Sizes sizes(Image read) throws BitnetException {
        return Measurement.of(read, PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"))
                .sizes();
    }

    private Figures figures() throws IOException, BitnetException {
        Image read = read();
        Sizes sizes = sizes(read);
        return new Figures(
                sizes.unpackedBytes(),
                sizes.visibleBytes(),
                sizes.wastedBytes(),
                read.layers().stream().map(Layer::unpackedBytes).toList());
    }

    /** Visible files and links with their bytes. */
    private static Map<String, Long> visible(Image read) {
        MergedFileSystem files = read.files();
        Map<String, Long> visible = new TreeMap<>();
        for (int i = 0; i < files.size(); i++) {
            if (files.type(i) != EntryType.DIRECTORY) {
                visible.put(files.path(i), files.bytes(i));
            }
        }
        return visible;
    }

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

    private LayerBuilder cache() {
        return new LayerBuilder("RUN apt-get install")
                .directory("var")
                .directory("var/cache")
                .file("var/cache/a", 1_000)
                .directory("var/cache/deep")
                .file("var/cache/deep/b", 2_000)
                .symbolicLink("var/cache/link", "deep/b")
                .file("var/kept", 10);
    }

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

    /** The file of user id 4,294,967,294: a map of one part, 512 bytes at the end of 1.2 TB. */
    @Test
    void aSparseLastlogHasItsLogicalSizeInFewBytes() throws IOException, BitnetException {
        long logical = 1_254_130_450_000L;
        byte[] map = ("1\n" + (logical - 512) + "\n512\n").getBytes(StandardCharsets.US_ASCII);
        LayerBuilder layer = new LayerBuilder("RUN useradd -u 4294967294 a");
        Map<String, String> records = new LinkedHashMap<>();
        records.put("GNU.sparse.major", "1");
        records.put("GNU.sparse.minor", "0");
        records.put("GNU.sparse.name", "var/log/lastlog");
        records.put("GNU.sparse.realsize", String.valueOf(logical));
        layer.tar().pax('x', records).entry(new Header("GNUSparseFile.1/lastlog"), ByteBuffer.allocate(1_024)
                .put(map)
                .array());
        layer.file("after", 6);
        image.layer(layer);

        Image read = read();

        assertThat(visible(read)).isEqualTo(Map.of("after", 6L, "var/log/lastlog", logical));
        assertThat(sizes(read).unpackedBytes()).isEqualTo(logical + 6);
    }

    /** GNU tar before PAX: real size at 483, parts in the header, more of the map in blocks after it. */
    @Test
    void anOldGnuSparseFileWithMoreOfItsMapHasItsLogicalSize() throws IOException, BitnetException {
        byte[] header = new Header("var/log/lastlog").type('S').magic("ustar  ").size(512).bytes();
        byte[] digits = String.format("%011o", 7_000_000_000L).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, 483, 11);
        header[482] = 1;
        byte[] more = new byte[512];
        more[504] = 1;
        LayerBuilder layer = new LayerBuilder("RUN useradd");
        layer.tar().raw(TarBytes.checksummed(header)).raw(more).raw(new byte[512]).raw(new byte[512]);
        layer.file("after", 6);
        image.layer(layer);

        assertThat(visible(read())).isEqualTo(Map.of("after", 6L, "var/log/lastlog", 7_000_000_000L));
    }

    @Test
    void namesInEveryFormAreReadAndNoneLeavesTheRoot() throws IOException, BitnetException {
        String deep = "d".repeat(90) + "/" + "n".repeat(90) + "/" + "ü".repeat(60);
        LayerBuilder layer = new LayerBuilder("ADD");
        TarBytes tar = layer.tar();
        tar.entry(new Header("./dot/./a"), new byte[1]);
        tar.entry(new Header("/absolute/b"), new byte[2]);
        tar.entry(new Header("x/../../../c"), new byte[4]);
        tar.entry(new Header("long/name").prefix("ustar/prefix"), new byte[8]);
        tar.pax('x', "path", deep).entry(new Header("short"), new byte[16]);
        tar.gnuLong('L', deep + "2").entry(new Header("short").magic("ustar  "), new byte[32]);
        tar.entry(new Header(new byte[] {'l', 'a', 't', 'i', 'n', (byte) 0xfc}), new byte[64]);
        tar.entry(new Header("before-posix").magic("").type('\0'), new byte[128]);
        tar.header(new Header("old-directory/").magic("").type('\0'));
        tar.entry(new Header("base-256").magic("ustar  ").base256(), new byte[256]);
        tar.gnuLong('K', "t".repeat(150)).header(new Header("link").type('2').link("short"));
        image.layer(layer);

        Map<String, Long> expected = new TreeMap<>();
        expected.put("dot/a", 1L);
        expected.put("absolute/b", 2L);
        expected.put("c", 4L);
        expected.put("ustar/prefix/long/name", 8L);
        expected.put(deep, 16L);
        expected.put(deep + "2", 32L);
        expected.put("latin\\xfc", 64L);
        expected.put("before-posix", 128L);
        expected.put("base-256", 256L);
        expected.put("link", 150L);
        assertThat(visible(read())).isEqualTo(expected);
    }

    /** {@code git archive} writes the commit so. */
    @Test
    void aGlobalPaxHeaderWithACommentIsNoMatter() throws IOException, BitnetException {
        LayerBuilder layer = new LayerBuilder("ADD");
        layer.tar().pax('g', "comment", "404980e51a4f5ac6c6aa6f1b6d8e6c1c0b1c1d1e");
        layer.file("a", 3);
        image.layer(layer);

        assertThat(visible(read())).isEqualTo(Map.of("a", 3L));
    }

    @Test
    void aGlobalPaxHeaderThatChangesSizesIsRefused() {
        LayerBuilder layer = new LayerBuilder("ADD");
        layer.tar().pax('g', "size", "1");
        layer.file("a", 3);
        image.layer(layer);

        assertThatThrownBy(this::read)
                .hasMessageContaining("A global PAX header sets 'size' for all entries, on which readers of archives"
                        + " disagree");
    }

    /** As umoci writes layers. */
    @Test
    void aLayerThatLacksPaddingAndEndMarkIsWholeIfItsDigestSaysSo() throws IOException, BitnetException {
        byte[] tar = new TarBytes().header(new Header("a").size(651)).raw(new byte[651]).bytes();
        image.layer(tar, "umoci insert").packed(Packing.GZIP);

        assertThat(visible(read())).isEqualTo(Map.of("a", 651L));
    }

    @Test
    void ofTwoKindsOfLongNamesTheOneThatEnginesTakeCounts() throws IOException, BitnetException {
        LayerBuilder layer = new LayerBuilder("ADD");
        layer.tar().pax('x', "path", "pax").gnuLong('L', "gnu").entry(new Header("short"), new byte[3]);
        image.layer(layer);

        assertThat(visible(read())).isEqualTo(Map.of("gnu", 3L));
    }

    @Test
    void whatFollowsTheEndMarkIsNotPartOfTheLayerButOfItsDigest() throws IOException, BitnetException {
        byte[] tar = new TarBytes()
                .raw(new LayerBuilder().file("a", 3).bytes())
                .raw(new LayerBuilder().file("after-the-end", 7).bytes())
                .bytes();
        image.layer(tar, "ADD");

        assertThat(visible(read())).isEqualTo(Map.of("a", 3L));
    }

    /** Neither a disk nor the time has room for it: the archive has a hole where the content is. */
    @Test
    void aFileOfTenGigabytesTakesNoTimeWhereItsContentIsSkipped() throws IOException, BitnetException {
        long bytes = 10_000_000_123L;
        long padding = -bytes & 511;
        byte[] configuration = ArchiveBuilder.json(Map.of(
                "os", "linux", "architecture", "amd64", "rootfs",
                Map.of("diff_ids", List.of("sha256:" + "0".repeat(64)))));
        String name = Sha256.of(configuration).substring(7) + ".json";
        byte[] manifest = ArchiveBuilder.json(List.of(Map.of("Config", name, "Layers", List.of("1/layer.tar"))));
        TarBytes start = new TarBytes()
                .header(new Header("1/layer.tar").size(512 + bytes + padding + 1_024).base256())
                .header(new Header("model").size(bytes).base256());
        TarBytes rest = new TarBytes().end().entry(new Header(name), configuration)
                .entry(new Header("manifest.json"), manifest).end();
        Path archive = directory.resolve("10GB.tar");
        try (FileChannel channel = FileChannel.open(
                archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(start.bytes()));
            channel.write(ByteBuffer.wrap(rest.bytes()), start.bytes().length + bytes + padding);
        }

        Image read = ArchiveBuilder.read(archive, ReadOptions.sizesOnly());

        assertThat(visible(read)).isEqualTo(Map.of("model", bytes));
        assertThat(read.uncheckedDigests()).containsExactly("sha256:" + "0".repeat(64));
    }

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

    private static ReadOptions platform(String platform) {
        return new ReadOptions(platform, true, false, List.of(), List.of());
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
}
