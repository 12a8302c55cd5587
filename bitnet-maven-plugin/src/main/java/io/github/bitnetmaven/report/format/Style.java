package io.github.bitnetmaven.report.format;

/**
 * How the console summary may look.
 *
 * @param width columns of the terminal
 * @param colour whether ANSI escape sequences may be used
 * @param unicode whether block elements may be used, else only ASCII
 */
public record Style(int width, boolean colour, boolean unicode) {
    private static final int MIN_WIDTH = 60;
    private static final int MAX_WIDTH = 200;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    public Style {
        width = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width));
    }

    /** 100 columns, no colour, Unicode. */
    public static Style plain() {
        return new Style(100, false, true);
    }

    /** What a colour says. */
    public enum Tone {
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    /** The text in a tone, where colour may be used. */
    public String paint(Tone tone, String text) {
        return colour ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }

    /** A bar of that width, filled for part of the whole; never empty when part is above 0. */
    public String bar(long part, long whole, int columns) {
        double filled = whole <= 0 ? 0 : (double) part / whole * columns;
        if (!unicode) {
            int full = part > 0 ? Math.max(1, (int) Math.round(filled)) : 0;
            return "#".repeat(full) + " ".repeat(columns - full);
        }
        int eighths = part > 0 ? Math.max(1, (int) Math.round(filled * 8)) : 0;
        String bar = "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : EIGHTHS.charAt(eighths % 8));
        return bar + " ".repeat(columns - bar.length());
    }

    /** Cut text in a form that the style allows. */
    public String cut(String text, int columns) {
        String shown = unicode ? text : text.replace("…", "...");
        int length = shown.codePointCount(0, shown.length());
        if (length <= columns) {
            return shown;
        }
        String end = unicode ? "…" : "...";
        int kept = Math.max(0, columns - end.length());
        return shown.substring(0, shown.offsetByCodePoints(0, kept)).stripTrailing() + end;
    }

    /** As {@link #cut}, but the end is kept: a path ends with what tells most. */
    public String cutStart(String text, int columns) {
        int length = text.codePointCount(0, text.length());
        if (length <= columns) {
            return text;
        }
        String start = unicode ? "…" : "...";
        return start + text.substring(text.offsetByCodePoints(0, length - columns + start.length()));
    }
}
