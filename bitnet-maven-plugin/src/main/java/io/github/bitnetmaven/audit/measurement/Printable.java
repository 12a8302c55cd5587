package io.github.bitnetmaven.audit.measurement;

/** Makes text that came out of an image safe to show: on a terminal it could move the cursor or hide itself. */
public final class Printable {
    private Printable() {}

    /** The text on one line: white space as single blanks, and {@code ?} for everything that is not to be seen. */
    public static String of(String text) {
        return isPlain(text) ? text : shown(text);
    }

    /** So are nearly all paths, and there may be a million of them. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                if (!shown.isEmpty() && shown.charAt(shown.length() - 1) != ' ') {
                    shown.append(' ');
                }
            } else {
                shown.appendCodePoint(isVisible(c) ? c : '?');
            }
        });
        return shown.toString().stripTrailing();
    }

    /** As {@link #of}, cut to so many characters. */
    public static String of(String text, int length) {
        // Bound the work first: an instruction may be megabytes long.
        String shown = of(text.length() > 8 * length ? text.substring(0, 8 * length) : text);
        if (shown.codePointCount(0, shown.length()) <= length) {
            return shown;
        }
        return shown.substring(0, shown.offsetByCodePoints(0, Math.max(0, length - 1))).stripTrailing() + "…";
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
