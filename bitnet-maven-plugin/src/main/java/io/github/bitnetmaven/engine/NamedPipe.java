package io.github.bitnetmaven.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A named pipe of Windows. It is opened as an asynchronous file, since a synchronous one lets nobody write while somebody
 * waits to read; a pipe takes no notice of the position.
 */
final class NamedPipe implements EngineSocket {
    private static final int TRIES = 100;
    private static final long PAUSE_MS = 100;

    private final String name;
    private volatile @Nullable AsynchronousFileChannel channel;

    /** @param path of the address {@code npipe:////./pipe/name}, which is {@code //./pipe/name} */
    NamedPipe(String path) {
        this.name = path.replace('/', '\\');
    }

    /** Every instance of the pipe may be in use for a moment, until the engine makes another. */
    @Override
    public void connect() throws IOException {
        for (int left = TRIES; ; left--) {
            try {
                channel = AsynchronousFileChannel.open(
                        Path.of(name), StandardOpenOption.READ, StandardOpenOption.WRITE);
                return;
            } catch (NoSuchFileException e) {
                throw new IOException("no such file: " + name, e);
            } catch (FileSystemException e) {
                if (left == 0) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private AsynchronousFileChannel connected() throws IOException {
        AsynchronousFileChannel connected = channel;
        if (connected == null) {
            throw new IOException("The pipe is not connected.");
        }
        return connected;
    }

    private static int wait(Future<Integer> moved) throws IOException {
        try {
            return moved.get();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("Interrupted.");
    }

    @Override
    public InputStream input() {
        return BufferStreams.reading(buffer -> wait(connected().read(buffer, 0)));
    }

    @Override
    public OutputStream output() {
        return BufferStreams.writing(buffer -> wait(connected().write(buffer, 0)));
    }

    @Override
    public void close() throws IOException {
        AsynchronousFileChannel connected = channel;
        if (connected != null) {
            connected.close();
        }
    }
}
