package io.github.bitnetmaven.image.registry;

/** Text from outside, made fit for messages. */
final class Text {
    private static final int LONGEST = 200;

    private Text() {}

    /** One line of printable characters; a long one is cut. */
    static String printable(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return cut.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e]+", " ").strip();
    }
}
