package io.github.bitnetmaven.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * A container's log as the engine streams it: without a terminal in frames of an 8-byte head (stream 0 to 2, three
 * zeros, length as 32-bit big endian) and a payload; with one, raw (https://docs.docker.com/reference/api/engine/,
 * ContainerAttach, "Stream format").
 */
final class LogFrames {
    private static final int HEAD_BYTES = 8;

    private LogFrames() {}

    /** Reads to the end; lines of standard output and standard error are kept apart until they are whole. */
    static void read(InputStream log, boolean terminal, Consumer<String> onLine) throws IOException {
        LineAssembler out = new LineAssembler(onLine);
        LineAssembler err = new LineAssembler(onLine);
        byte[] buffer = new byte[16 << 10];
        if (terminal) {
            for (int count = log.read(buffer); count >= 0; count = log.read(buffer)) {
                out.append(buffer, 0, count);
            }
        } else {
            while (readFrame(log, buffer, out, err)) {
                continue;
            }
        }
        out.end();
        err.end();
    }

    private static boolean readFrame(InputStream log, byte[] buffer, LineAssembler out, LineAssembler err)
            throws IOException {
        int count = log.readNBytes(buffer, 0, HEAD_BYTES);
        if (count == 0) {
            return false;
        }
        if (count < HEAD_BYTES || buffer[0] < 0 || buffer[0] > 2) {
            throw new IOException("The engine's log stream is not made of frames.");
        }
        LineAssembler target = buffer[0] == 2 ? err : out;
        long left = (buffer[4] & 0xffL) << 24 | (buffer[5] & 0xff) << 16 | (buffer[6] & 0xff) << 8 | buffer[7] & 0xff;
        while (left > 0) {
            int read = log.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("The engine's log stream ended inside a frame.");
            }
            target.append(buffer, 0, read);
            left -= read;
        }
        return true;
    }
}
