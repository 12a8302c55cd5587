package io.github.bitnetmaven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.MergedFileSystem;
import io.github.bitnetmaven.image.TarBytes;
import io.github.bitnetmaven.image.TarBytes.Header;
import io.github.bitnetmaven.image.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** How long it takes and in how much memory is measured by docs/benchmarks/audit.sh. */
class MillionEntriesTest {
    private static final int MILLION = 1_000_000;

    /** Makes one entry after the other, so that only what is read of them takes memory. */
    private static LayerTable layer(int entries, IntFunction<byte[]> entry) throws IOException, ImageException {
        InputStream in = new InputStream() {
            private byte[] current = {};
            private int at;
            private int next;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                if (at == current.length) {
                    if (next > entries) {
                        return -1;
                    }
                    current = next == entries ? new TarBytes().end().bytes() : entry.apply(next);
                    next++;
                    at = 0;
                }
                int read = Math.min(length, current.length - at);
                System.arraycopy(current, at, to, offset, read);
                at += read;
                return read;
            }
        };
        return new LayerReader(false, List.of()).read(new TarReader(in), false);
    }

    private static String path(int i) {
        return "usr/lib/package-" + i / 1_000 + "/file-" + i % 1_000;
    }

    @Test
    void aMillionEntriesAreCountedOneByOne() throws IOException, ImageException {
        byte[] block = new byte[512];
        LayerTable lower = layer(MILLION, i -> new TarBytes()
                .header(new Header(path(i)).size(1 + i % 512))
                .raw(block)
                .bytes());
        LayerTable upper = layer(
                MILLION / 100, i -> new Header("usr/lib/package-" + i % 1_000 + "/.wh.file-" + i / 1_000).bytes());

        MergedFileSystem merged = LayerMerge.merge(List.of(lower, upper));

        long all = 0;
        long removed = 0;
        for (int i = 0; i < MILLION; i++) {
            all += 1 + i % 512;
            // The upper layer removes the first ten files of each package.
            removed += i % 1_000 < 10 ? 1 + i % 512 : 0;
        }
        assertThat(lower.unpackedBytes()).isEqualTo(all);
        assertThat(merged.visibleBytes()).isEqualTo(all - removed);
        assertThat(merged.fileCount()).isEqualTo(MILLION - MILLION / 100);
    }
}
