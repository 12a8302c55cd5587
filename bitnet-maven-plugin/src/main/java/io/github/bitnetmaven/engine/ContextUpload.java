package io.github.bitnetmaven.engine;

import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.jspecify.annotations.Nullable;

/** Lets a writer's tar be read as a request body while it is written, by a thread of its own. */
final class ContextUpload implements AutoCloseable {
    private static final int PIPE_BYTES = 1 << 20;
    private static final int BLOCK_BYTES = 64 << 10;

    private final PipedInputStream pipe = new PipedInputStream(PIPE_BYTES);
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    private ContextUpload(PipedOutputStream out, Engine.ContextWriter writer) {
        this.thread = new Thread(() -> write(out, writer), "bitnet-context-upload");
        this.thread.setDaemon(true);
    }

    static ContextUpload start(Engine.ContextWriter writer) throws EngineException {
        PipedOutputStream out = new PipedOutputStream();
        ContextUpload upload = new ContextUpload(out, writer);
        try {
            out.connect(upload.pipe);
        } catch (IOException e) {
            throw new IllegalStateException("A new pipe can always be connected.", e);
        }
        upload.thread.start();
        return upload;
    }

    /** Ends like a file only when the writer did; a failed writer must not look like a short context. */
    InputStream body() {
        return new FilterInputStream(pipe) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                return value < 0 ? end() : value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                return count < 0 ? end() : count;
            }

            private int end() throws IOException {
                if (failure != null) {
                    throw new IOException("The build context could not be written.", failure);
                }
                return -1;
            }
        };
    }

    /** What the writer died of, if it did. */
    @Nullable Throwable failure() {
        return failure;
    }

    /** Ends the writer if it still writes. */
    @Override
    public void close() throws EngineException {
        try {
            pipe.close();
            thread.join();
        } catch (IOException e) {
            throw new IllegalStateException("A pipe can always be closed.", e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void write(PipedOutputStream out, Engine.ContextWriter writer) {
        try (out) {
            try {
                OutputStream buffered = new BufferedOutputStream(out, BLOCK_BYTES);
                writer.writeTo(buffered);
                buffered.flush();
            } catch (IOException | RuntimeException | Error e) {
                // Set before the pipe is closed, so within its try: the reader looks at it when the pipe ends.
                failure = e;
            }
        } catch (IOException e) {
            failure = e;
        }
    }
}
