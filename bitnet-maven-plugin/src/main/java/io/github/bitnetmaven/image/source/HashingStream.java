package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Hashes all that is read or skipped; {@link java.security.DigestInputStream} leaves out what is skipped. */
final class HashingStream extends InputStream {
    private final InputStream in;
    private final MessageDigest digest = Sha256.create();
    private final byte[] scratch = new byte[1 << 18];
    private long count;

    HashingStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int read = in.read(to, offset, length);
        if (read > 0) {
            digest.update(to, offset, read);
            count += read;
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            int read = read(scratch, 0, (int) Math.min(left, scratch.length));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return Math.max(0, bytes - left);
    }

    /** Reads to the end. */
    void drain() throws IOException {
        while (read(scratch, 0, scratch.length) >= 0) {
            // Only hashed.
        }
    }

    /** Bytes so far. */
    long count() {
        return count;
    }

    /** {@code sha256:…} of what has gone by; once. */
    String digest() {
        return Sha256.finish(digest);
    }
}
