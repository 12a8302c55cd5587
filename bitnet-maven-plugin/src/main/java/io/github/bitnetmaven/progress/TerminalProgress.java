package io.github.bitnetmaven.progress;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * For people: one line with a bar, drawn again in its place, and a line that stays when a task ends. When several tasks
 * are under way, the one that reported last is shown.
 */
public final class TerminalProgress implements Progress {
    private static final long REDRAW = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int BAR_CELLS = 20;
    private static final int NARROWEST = 20;

    private final PrintStream out;
    private final IntSupplier width;
    private final LongSupplier clock;
    private int drawnCells;
    private long lastDraw;

    /** @param out the terminal */
    public TerminalProgress(PrintStream out) {
        this(out, new TerminalWidth(System.getenv()), System::nanoTime);
    }

    /**
     * @param width of the terminal in characters
     * @param clock nanoseconds, only moving forward
     */
    TerminalProgress(PrintStream out, IntSupplier width, LongSupplier clock) {
        this.out = out;
        this.width = width;
        this.clock = clock;
        this.lastDraw = clock.getAsLong() - REDRAW;
    }

    @Override
    public Task start(String what, long total, Unit unit) {
        return new BarTask(new Meter(what, total, unit, clock.getAsLong()));
    }

    @Override
    public synchronized void line(String message) {
        erase();
        out.println(Meter.printable(message));
        out.flush();
    }

    private synchronized void draw(Meter meter, long now) {
        if (now - lastDraw < REDRAW) {
            return;
        }
        lastDraw = now;
        String line = fit(meter, now, Math.max(NARROWEST, width.getAsInt()) - 1);
        // The cursor goes back to the start, so that whatever else is printed begins there.
        out.print(line + " ".repeat(Math.max(0, drawnCells - line.length())) + "\r");
        out.flush();
        drawnCells = line.length();
    }

    /** Drops the bar, then shortens the name, until the line fits. */
    private static String fit(Meter meter, long now, int cells) {
        String state = meter.state(now);
        String bar = bar(meter.fraction());
        String line = meter.what() + " " + bar + state;
        if (line.length() > cells) {
            line = meter.what() + " " + state;
        }
        if (line.length() > cells) {
            int room = cells - state.length() - 2;
            line = room > 0 ? meter.what().substring(0, Math.min(room, meter.what().length())) + "… " + state : state;
        }
        return line.substring(0, Math.min(cells, line.length()));
    }

    private static String bar(double fraction) {
        if (fraction < 0) {
            return "";
        }
        int full = (int) (fraction * BAR_CELLS);
        return "[" + "#".repeat(full) + "-".repeat(BAR_CELLS - full) + "] ";
    }

    private void erase() {
        if (drawnCells > 0) {
            out.print(" ".repeat(drawnCells) + "\r");
            drawnCells = 0;
        }
    }

    private final class BarTask implements Task {
        private @Nullable Meter meter;

        BarTask(Meter meter) {
            this.meter = meter;
        }

        @Override
        public void at(long done) {
            Meter current = meter;
            if (current == null) {
                return;
            }
            long now = clock.getAsLong();
            current.at(done, now);
            if (current.elapsed(now) >= Meter.HIDDEN) {
                draw(current, now);
            }
        }

        @Override
        public void close() {
            Meter ended = meter;
            meter = null;
            if (ended != null && ended.elapsed(clock.getAsLong()) >= Meter.HIDDEN) {
                line(ended.summary(clock.getAsLong()));
            }
        }
    }
}
