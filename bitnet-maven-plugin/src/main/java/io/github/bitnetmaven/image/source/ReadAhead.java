package io.github.bitnetmaven.image.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream on a thread of its own, a few buffers ahead, so that reading (or decompressing, or hashing) and what is
 * done with the bytes each have a core.
 */
final class ReadAhead extends InputStream {
    private static final int BUFFERS = 4;
    private static final int BUFFER = 1 << 20;

    /** A piece of the stream; the last one has no bytes. */
    private static final class Chunk {
        private final byte[] bytes = new byte[BUFFER];
        private int length;
        private @Nullable IOException failure;
    }

    private final InputStream in;
    private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(BUFFERS);
    private final Thread reader;
    private @Nullable Chunk current;
    private int at;

    ReadAhead(InputStream in) {
        this.in = in;
        for (int i = 0; i < BUFFERS; i++) {
            free.add(new Chunk());
        }
        this.reader = new Thread(this::run, "bitnet read-ahead");
        reader.setDaemon(true);
        reader.start();
    }

    private void run() {
        try {
            while (true) {
                Chunk chunk = free.take();
                fill(chunk);
                full.put(chunk);
                if (chunk.length == 0 || chunk.failure != null) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Closed: nobody waits for more.
        }
    }

    private void fill(Chunk chunk) {
        chunk.length = 0;
        try {
            chunk.length = in.readNBytes(chunk.bytes, 0, BUFFER);
        } catch (IOException e) {
            chunk.failure = e;
        } catch (RuntimeException | Error e) {
            chunk.failure = new IOException("Reading ahead failed: " + e, e);
        }
    }

    /** Puts the chunk with the next byte into place; null at the end of the stream. */
    private @Nullable Chunk chunk() throws IOException {
        Chunk chunk = current;
        if (chunk != null && (at < chunk.length || chunk.length == 0)) {
            return ended(chunk);
        }
        try {
            if (chunk != null) {
                free.put(chunk);
            }
            chunk = full.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Reading was interrupted.");
        }
        current = chunk;
        at = 0;
        return ended(chunk);
    }

    private @Nullable Chunk ended(Chunk chunk) throws IOException {
        if (chunk.failure != null) {
            chunk.length = 0;
            throw new IOException(chunk.failure.getMessage(), chunk.failure);
        }
        return chunk.length == 0 ? null : chunk;
    }

    @Override
    public int read() throws IOException {
        Chunk chunk = chunk();
        return chunk == null ? -1 : chunk.bytes[at++] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        Chunk chunk = chunk();
        if (chunk == null) {
            return -1;
        }
        int read = Math.min(length, chunk.length - at);
        System.arraycopy(chunk.bytes, at, to, offset, read);
        at += read;
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            Chunk chunk = chunk();
            if (chunk == null) {
                break;
            }
            int skipped = (int) Math.min(left, chunk.length - at);
            at += skipped;
            left -= skipped;
        }
        return Math.max(0, bytes - left);
    }

    /** Stops reading and closes the stream. */
    @Override
    public void close() throws IOException {
        reader.interrupt();
        in.close();
    }
}
