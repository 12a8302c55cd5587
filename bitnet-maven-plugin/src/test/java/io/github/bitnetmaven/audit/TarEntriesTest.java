package io.github.bitnetmaven.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Packing;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.TarBytes;
import io.github.bitnetmaven.image.TarBytes.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Entries in all the forms in which tar writes them.
 * Every expected figure is computed by hand, in the comment beside it.
 */
class TarEntriesTest extends EntryByEntry {
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
        tar.entry(new Header(new byte[] {'s', 'u', 'm', (byte) 0xfc}).signedChecksum(), new byte[66]);
        tar.entry(new Header("valid\ufffd"), new byte[65]);
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
        expected.put("sum\\xfc", 66L);
        expected.put("valid\ufffd", 65L);
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
}
