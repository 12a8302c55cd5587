package io.github.bitnetmaven.image.source;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** How a blob is compressed, told by its first bytes: media types and file names are often wrong. */
enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int GZIP_BUFFER = 1 << 16;

    static Compression of(byte[] head, int length) {
        if (length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
            return GZIP;
        }
        if (length >= 4 && word(head) == 0xfd2fb528) {
            return ZSTD;
        }
        // A frame that readers skip may come first (RFC 8878, 3.1.2).
        return length >= 4 && (word(head) & 0xfffffff0) == 0x184d2a50 ? ZSTD : NONE;
    }

    private static int word(byte[] head) {
        return head[0] & 0xff | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16 | (head[3] & 0xff) << 24;
    }

    /** The uncompressed stream: all members of gzip, all frames of zstd. */
    InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(new UntilEnd(in), GZIP_BUFFER);
            case ZSTD -> new ZstdInputStream(in);
        };
    }

    /** Says that bytes are available until there are none: GZIPInputStream takes 0 for the end of all members. */
    private static final class UntilEnd extends PushbackInputStream {
        UntilEnd(InputStream in) {
            super(in, 1);
        }

        @Override
        public int available() throws IOException {
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return 1;
        }
    }
}
