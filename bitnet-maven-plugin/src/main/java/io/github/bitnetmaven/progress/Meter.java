package io.github.bitnetmaven.progress;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How far one task is, in words. Times are in nanoseconds of a clock that only moves forward. */
final class Meter {
    /** Tasks that end sooner are not shown at all. */
    static final long HIDDEN = TimeUnit.SECONDS.toNanos(2);

    private static final long RESUME_WINDOW = TimeUnit.MILLISECONDS.toNanos(100);

    private final String what;
    private final long total;
    private final Progress.Unit unit;
    private final long started;
    private long base;
    private long done;

    Meter(String what, long total, Progress.Unit unit, long now) {
        this.what = printable(what);
        this.total = total;
        this.unit = unit;
        this.started = now;
    }

    void at(long count, long now) {
        if (done == 0 && now - started < RESUME_WINDOW) {
            // Work that goes on where an earlier run stopped: what was there does not count for the rate.
            base = count;
        }
        done = Math.max(0, count);
    }

    String what() {
        return what;
    }

    long elapsed(long now) {
        return now - started;
    }

    /** From 0 to 1; negative when the total is not known. */
    double fraction() {
        if (total < 0) {
            return -1;
        }
        return total == 0 ? 1 : Math.min(1, (double) done / total);
    }

    /** Such as {@code 45 %, 540 MB of 1.20 GB, 98 MB/s, 7 s left}; the time so far when nothing is counted. */
    String state(long now) {
        StringBuilder text = new StringBuilder();
        if (total >= 0) {
            text.append((int) (fraction() * 100)).append(" %");
        }
        if (unit != Progress.Unit.PERCENT) {
            text.append(text.isEmpty() ? "" : ", ").append(amount(done));
            if (total >= 0) {
                text.append(" of ").append(amount(total));
            }
        }
        if (text.isEmpty()) {
            return duration(TimeUnit.NANOSECONDS.toSeconds(elapsed(now)));
        }
        double seconds = elapsed(now) / 1e9;
        double rate = seconds < 0.5 ? 0 : (done - base) / seconds;
        if (rate > 0 && unit == Progress.Unit.BYTES) {
            text.append(", ").append(amount((long) rate)).append("/s");
        }
        if (rate > 0 && total > done) {
            text.append(", ").append(duration((long) ((total - done) / rate))).append(" left");
        }
        return text.toString();
    }

    /** What stays when the task has ended. */
    String summary(long now) {
        String time = duration(TimeUnit.NANOSECONDS.toSeconds(elapsed(now)));
        if (total >= 0 && done < total) {
            return what + ": ended at " + (int) (fraction() * 100) + " % after " + time;
        }
        if (unit == Progress.Unit.PERCENT) {
            return what + ": " + (total < 0 ? "" : "done in ") + time;
        }
        return what + ": " + amount(done) + " in " + time;
    }

    private String amount(long count) {
        return unit == Progress.Unit.BYTES ? bytes(count) : String.format(Locale.ROOT, "%,d", count);
    }

    /** Three digits and a decimal unit. */
    static String bytes(long count) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = count;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        String format = unit == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, value, units[unit]);
    }

    /** Such as {@code 7 s}, {@code 1 min 20 s} or {@code 2 h 5 min}. */
    static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    /** Names come from outside: no control character of theirs may reach a terminal. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e]+", " ").strip();
    }
}
