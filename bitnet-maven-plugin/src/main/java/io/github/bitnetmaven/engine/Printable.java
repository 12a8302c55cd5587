package io.github.bitnetmaven.engine;

/** Makes text from outside fit for a message or a terminal. */
final class Printable {
    private static final int LONGEST = 2000;

    private Printable() {}

    /** One line without control characters (escape sequences of terminals too), cut at 2,000 characters. */
    static String line(String text) {
        String plain = text.replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "")
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e]+", " ")
                .strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
