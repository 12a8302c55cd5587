package io.github.bitnetmaven.audit.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Sums up what is read, in 64 bits: CRC-32 and CRC-32C, both of which processors compute faster than a disk reads.
 * Files that differ in one place of up to 64 bits always have different sums. It tells copies apart from near copies,
 * not from forgeries: nothing that a forger would gain by may depend on it.
 */
final class Checksum extends FilterInputStream {
    private static final int BUFFER = 1 << 15;

    private final CRC32 crc32 = new CRC32();
    private final CRC32C crc32c = new CRC32C();

    Checksum(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
        int read = in.read(to, at, length);
        if (read > 0) {
            crc32.update(to, at, read);
            crc32c.update(to, at, read);
        }
        return read;
    }

    /** Reads, so that what is skipped is summed up, too. */
    @Override
    public long skip(long bytes) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(0, bytes))];
        long skipped = 0;
        while (skipped < bytes) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, bytes - skipped));
            if (read < 0) {
                return skipped;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads the rest; 16 hexadecimal digits. */
    String finish() throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (read(buffer, 0, buffer.length) >= 0) {
            // Only summed up.
        }
        return String.format("%08x%08x", crc32.getValue(), crc32c.getValue());
    }
}
