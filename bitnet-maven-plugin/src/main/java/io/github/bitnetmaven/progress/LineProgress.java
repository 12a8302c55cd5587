package io.github.bitnetmaven.progress;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * For logs: a line when a task has taken two seconds, then one every ten seconds or ten percent, whichever comes first
 * but two seconds apart at least, and one at its end. Work that reports nothing prints nothing.
 */
public final class LineProgress implements Progress {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(10);
    /** A little less than ten percent, for what floating point loses. */
    private static final double STEP = 0.0999;

    private final Consumer<String> out;
    private final LongSupplier clock;

    /** @param out takes one line, without its end; may be called by several threads */
    public LineProgress(Consumer<String> out) {
        this(out, System::nanoTime);
    }

    /** @param clock nanoseconds, only moving forward */
    LineProgress(Consumer<String> out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Task start(String what, long total, Unit unit) {
        return new LineTask(new Meter(what, total, unit, clock.getAsLong()));
    }

    @Override
    public void line(String message) {
        out.accept(Meter.printable(message));
    }

    private final class LineTask implements Task {
        private final Meter meter;
        private boolean shown;
        private boolean closed;
        private long lastTime;
        private double lastFraction;

        LineTask(Meter meter) {
            this.meter = meter;
        }

        @Override
        public void at(long done) {
            long now = clock.getAsLong();
            meter.at(done, now);
            boolean due;
            if (shown) {
                long since = now - lastTime;
                boolean step = meter.fraction() >= lastFraction + STEP;
                due = since >= INTERVAL || (step && since >= Meter.HIDDEN);
            } else {
                due = meter.elapsed(now) >= Meter.HIDDEN;
            }
            if (due && !closed) {
                shown = true;
                lastTime = now;
                lastFraction = meter.fraction();
                out.accept(meter.what() + ": " + meter.state(now));
            }
        }

        @Override
        public void close() {
            long now = clock.getAsLong();
            if (!closed && meter.elapsed(now) >= Meter.HIDDEN) {
                out.accept(meter.summary(now));
            }
            closed = true;
        }
    }
}
