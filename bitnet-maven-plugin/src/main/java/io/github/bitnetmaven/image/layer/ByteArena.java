package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.image.ImageException;
import java.util.Arrays;

/**
 * Append-only store of short byte strings in chunks that are never moved, so that a million paths cost no more than
 * their bytes. An address is an int; a string never spans two chunks.
 */
final class ByteArena {
    /** Bytes of the longest string. */
    static final int MAXIMUM = 1 << 18;

    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int FIRST_CHUNK = 1 << 10;

    private byte[][] chunks = {new byte[FIRST_CHUNK]};
    private int count = 1;
    private int used;

    /** Makes room for so many bytes in a row and returns their address; {@link #put} fills them. */
    int reserve(int bytes) throws ImageException {
        if (bytes > MAXIMUM) {
            throw new IllegalArgumentException(bytes + " bytes in one string");
        }
        byte[] last = chunks[count - 1];
        if (used + bytes >= last.length) {
            if (used + bytes < CHUNK) {
                chunks[count - 1] = Arrays.copyOf(last, Math.min(CHUNK, Math.max(last.length * 2, used + bytes + 1)));
                return take(bytes);
            }
            if (count == 1 << 31 - CHUNK_BITS) {
                throw new ImageException("The layer has names of more than 2 GB together; it cannot be audited.");
            }
            if (count == chunks.length) {
                chunks = Arrays.copyOf(chunks, count * 2);
            }
            chunks[count++] = new byte[CHUNK];
            used = 0;
        }
        return take(bytes);
    }

    private int take(int bytes) {
        int address = count - 1 << CHUNK_BITS | used;
        used += bytes;
        return address;
    }

    void put(int address, byte[] from, int at, int length) {
        System.arraycopy(from, at, chunk(address), offset(address), length);
    }

    byte[] chunk(int address) {
        return chunks[address >>> CHUNK_BITS];
    }

    static int offset(int address) {
        return address & CHUNK - 1;
    }

    /** Gives back what the last chunk has too much. */
    void trim() {
        chunks = Arrays.copyOf(chunks, count);
        chunks[count - 1] = Arrays.copyOf(chunks[count - 1], used + 1);
    }
}
