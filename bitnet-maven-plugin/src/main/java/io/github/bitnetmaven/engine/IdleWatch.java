package io.github.bitnetmaven.engine;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which nothing has moved for too long (Java's unix sockets know no timeout of their own), or
 * whose thread was interrupted (which Java's TCP sockets do not notice).
 */
final class IdleWatch implements Closeable {
    private static final long LONGEST_STEP = 250;

    private final Thread owner = Thread.currentThread();
    private final Closeable connection;
    private final Duration limit;
    private volatile @Nullable Future<?> check;
    private volatile long lastMove = System.nanoTime();
    private volatile boolean expired;

    private IdleWatch(Closeable connection, Duration limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /** @param limit zero for no limit */
    static IdleWatch start(Closeable connection, Duration limit, ScheduledExecutorService executor) {
        IdleWatch watch = new IdleWatch(connection, limit);
        long step = limit.isZero() ? LONGEST_STEP : Math.max(10, Math.min(LONGEST_STEP, limit.toMillis() / 4));
        watch.check = executor.scheduleWithFixedDelay(watch::check, step, step, TimeUnit.MILLISECONDS);
        return watch;
    }

    Duration limit() {
        return limit;
    }

    /** Whether the connection was closed because nothing moved. */
    boolean expired() {
        return expired;
    }

    /** The same stream; each read counts as movement. */
    InputStream watching(InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                lastMove = System.nanoTime();
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                lastMove = System.nanoTime();
                return count;
            }
        };
    }

    /** The same stream; each write counts as movement. */
    OutputStream watching(OutputStream stream) {
        return new FilterOutputStream(stream) {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
                lastMove = System.nanoTime();
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                lastMove = System.nanoTime();
            }
        };
    }

    @Override
    public void close() {
        Future<?> scheduled = check;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        try {
            connection.close();
        } catch (IOException e) {
            // It is of no more use, whether it closed well or not.
            return;
        }
    }

    private void check() {
        if (!limit.isZero() && System.nanoTime() - lastMove > limit.toNanos()) {
            expired = true;
            close();
        } else if (owner.isInterrupted()) {
            close();
        }
    }
}
