package io.github.bitnetmaven.image.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Gives a body up from which nothing comes for too long: Java's HTTP client has no such limit. */
final class StallGuard extends FilterInputStream {
    private final Duration limit;
    private final Thread watcher;
    /** Zero while nobody waits for bytes: a slow reader is no stall. */
    private volatile long waitingSince;
    private volatile boolean stalled;

    StallGuard(InputStream body, Duration limit) {
        super(body);
        this.limit = limit;
        this.watcher = new Thread(this::watch, "bitnet registry watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(Math.max(10, Math.min(500, limit.toMillis() / 4)));
                long since = waitingSince;
                if (since != 0 && System.nanoTime() - since > limit.toNanos()) {
                    stalled = true;
                    in.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            return; // The body is closed already, or whoever reads it sees that it is.
        }
    }

    private interface Read {
        int now() throws IOException;
    }

    private int waiting(Read read) throws IOException {
        waitingSince = System.nanoTime() | 1;
        int result;
        try {
            result = read.now();
        } catch (IOException e) {
            throw stalled ? stalled() : e;
        } finally {
            waitingSince = 0;
        }
        if (result < 0 && stalled) {
            throw stalled();
        }
        return result;
    }

    private IOException stalled() {
        return new IOException("nothing came for " + limit.toSeconds() + " seconds");
    }

    @Override
    public int read() throws IOException {
        return waiting(super::read);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return waiting(() -> super.read(to, offset, length));
    }

    @Override
    public long skip(long bytes) throws IOException {
        return bytes <= 0 || read() < 0 ? 0 : 1;
    }

    @Override
    public void close() throws IOException {
        watcher.interrupt();
        super.close();
    }
}
