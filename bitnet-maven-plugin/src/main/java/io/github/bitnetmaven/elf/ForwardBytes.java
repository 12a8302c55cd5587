package io.github.bitnetmaven.elf;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Parts of a stream by their offset: of what has gone by only the first megabytes can still be had. */
final class ForwardBytes {
    /** The names of libraries are in the first megabytes; so is nearly every dynamic section. */
    private static final int KEPT = 4 << 20;

    private static final int CHUNK = 1 << 14;

    private final InputStream in;
    private byte[] kept = new byte[CHUNK];
    private int keptBytes;
    private long position;

    /** The part does not exist, or has gone by. */
    static final class OutOfReachException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    ForwardBytes(InputStream in) {
        this.in = in;
    }

    ByteBuffer at(long offset, int count) throws IOException, OutOfReachException {
        if (offset < 0 || count < 0 || offset > Long.MAX_VALUE - count) {
            throw new OutOfReachException();
        }
        if (offset + count <= KEPT) {
            keep((int) offset + count);
            if (offset + count > keptBytes) {
                throw new OutOfReachException();
            }
            return ByteBuffer.wrap(Arrays.copyOfRange(kept, (int) offset, (int) offset + count));
        }
        if (offset < position) {
            throw new OutOfReachException();
        }
        try {
            in.skipNBytes(offset - position);
        } catch (EOFException e) {
            throw new OutOfReachException();
        }
        byte[] bytes = in.readNBytes(count);
        position = offset + bytes.length;
        if (bytes.length < count) {
            throw new OutOfReachException();
        }
        return ByteBuffer.wrap(bytes);
    }

    /** The characters up to the first 0, at most so many bytes. */
    String text(long offset, int limit) throws IOException, OutOfReachException {
        byte[] bytes;
        if (offset >= 0 && offset < KEPT) {
            keep((int) Math.min(KEPT, offset + limit));
            if (offset >= keptBytes) {
                throw new OutOfReachException();
            }
            bytes = Arrays.copyOfRange(kept, (int) offset, (int) Math.min(keptBytes, offset + limit));
        } else {
            bytes = at(offset, limit).array();
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private void keep(int end) throws IOException {
        while (keptBytes < end && position == keptBytes) {
            if (keptBytes == kept.length) {
                kept = Arrays.copyOf(kept, (int) Math.min(KEPT, 2L * kept.length));
            }
            int read = in.read(kept, keptBytes, Math.min(CHUNK, kept.length - keptBytes));
            if (read < 0) {
                return;
            }
            keptBytes += read;
            position += read;
        }
    }
}
