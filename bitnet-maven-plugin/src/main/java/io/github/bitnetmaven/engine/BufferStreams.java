package io.github.bitnetmaven.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Streams over what moves bytes from and to buffers. Those of {@link java.nio.channels.Channels} would let nobody write to
 * a socket while somebody waits to read.
 */
final class BufferStreams {
    private BufferStreams() {}

    /** Reads into a buffer or writes what is left in it; returns how many bytes, -1 at the end. */
    interface Move {
        int move(ByteBuffer buffer) throws IOException;
    }

    static InputStream reading(Move from) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                return from.move(ByteBuffer.wrap(to, offset, length));
            }
        };
    }

    static OutputStream writing(Move to) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
                while (bytes.hasRemaining()) {
                    to.move(bytes);
                }
            }
        };
    }
}
