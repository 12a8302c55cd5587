package io.github.bitnetmaven.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The end of a compile's output, and what can be read from it. Safe for use by several threads. */
public final class BuildLog {
    private static final int KEPT_LINES = 200;
    private static final int SHOWN_LINES = 15;
    /** CMake writes what is wrong on the lines after {@code CMake Error at}. */
    private static final int CMAKE_DETAIL = 3;

    private static final Pattern MAKE = Pattern.compile("^\\[ {0,2}([0-9]{1,3})%] .*");
    private static final Pattern NINJA = Pattern.compile("^\\[([0-9]{1,6})/([0-9]{1,6})] .*");
    private static final Pattern ERROR = Pattern.compile(
            "(?i)\\berror: |\\bfatal\\b|undefined reference|: not found$|^E: |^collect-runtime: |no space left on device"
                    + "|\\bkilled\\b");

    private final Deque<String> lines = new ArrayDeque<>();

    /** Keeps the line and returns the percentage that it tells, if any. */
    public synchronized OptionalInt add(String line) {
        String printable = Printable.line(line);
        lines.addLast(printable);
        if (lines.size() > KEPT_LINES) {
            lines.removeFirst();
        }
        return percent(printable);
    }

    /** The lines that tell what went wrong, at most 15; when none does, the last 15 of all. */
    public synchronized List<String> lastErrors() {
        List<String> errors = new ArrayList<>();
        int detail = 0;
        for (String line : lines) {
            if (line.startsWith("CMake Error")) {
                detail = CMAKE_DETAIL + 1;
            }
            if (detail > 0 || ERROR.matcher(line).find()) {
                errors.add(line);
            }
            detail = Math.max(0, detail - 1);
        }
        List<String> shown = errors.isEmpty() ? new ArrayList<>(lines) : errors;
        // The first error is the cause of the others; the end of a log without one is where it stopped.
        int size = shown.size();
        return List.copyOf(
                errors.isEmpty()
                        ? shown.subList(Math.max(0, size - SHOWN_LINES), size)
                        : shown.subList(0, Math.min(size, SHOWN_LINES)));
    }

    private static OptionalInt percent(String line) {
        Matcher make = MAKE.matcher(line);
        if (make.matches()) {
            return OptionalInt.of(Math.min(100, Integer.parseInt(make.group(1))));
        }
        Matcher ninja = NINJA.matcher(line);
        if (ninja.matches() && Integer.parseInt(ninja.group(2)) > 0) {
            return OptionalInt.of(
                    Math.min(100, Integer.parseInt(ninja.group(1)) * 100 / Integer.parseInt(ninja.group(2))));
        }
        return OptionalInt.empty();
    }
}
