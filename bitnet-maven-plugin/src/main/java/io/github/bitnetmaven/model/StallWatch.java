package io.github.bitnetmaven.model;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream from which nothing has come for too long: Java's HTTP client has no such limit. */
final class StallWatch implements AutoCloseable {
    private final InputStream stream;
    private final Thread watcher;
    private volatile long lastByte = System.nanoTime();
    private volatile boolean stalled;
    private boolean broken;

    StallWatch(InputStream stream, Duration limit) {
        this.stream = stream;
        this.watcher = new Thread(() -> watch(limit), "bitnet-download-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** As {@link InputStream#read(byte[])}; a connection that breaks ends the stream too. */
    int read(byte[] buffer) {
        try {
            int n = stream.read(buffer);
            lastByte = System.nanoTime();
            return n;
        } catch (IOException e) {
            broken = true;
            return -1;
        }
    }

    boolean stalled() {
        return stalled;
    }

    boolean broken() {
        return broken;
    }

    private void watch(Duration limit) {
        try {
            long left = limit.toNanos();
            while (left > 0) {
                Thread.sleep(left / 1_000_000 + 1);
                left = limit.toNanos() - (System.nanoTime() - lastByte);
            }
            stalled = true;
            stream.close();
        } catch (InterruptedException e) {
            return; // The download has ended.
        } catch (IOException e) {
            return; // The reader sees it.
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
