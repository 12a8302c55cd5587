package io.github.bitnetmaven.image.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes have gone by, counted from the start of the whole. */
final class ProgressStream extends FilterInputStream {
    private final LongConsumer progress;
    private long count;

    ProgressStream(InputStream in, long start, LongConsumer progress) {
        super(in);
        this.count = start;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        advance(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int read = super.read(to, offset, length);
        advance(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        advance(skipped);
        return skipped;
    }

    private void advance(long bytes) {
        count += bytes;
        progress.accept(count);
    }
}
