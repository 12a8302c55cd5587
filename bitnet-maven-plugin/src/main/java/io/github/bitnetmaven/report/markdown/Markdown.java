package io.github.bitnetmaven.report.markdown;

import io.github.bitnetmaven.audit.measurement.Printable;

/**
 * Makes text harmless in GitHub's and GitLab's Markdown: what comes out of an image must make no markup, no link, and
 * call nobody.
 */
final class Markdown {
    /** What can begin or end markup (CommonMark 0.31, 2.4), but for the plain marks of a sentence. */
    private static final String MARKUP = "\\`*_[]<>#|~&$";

    /** Not to be seen. Behind these characters it keeps a name from being called and an address from becoming a link. */
    private static final char BREAK = '\u200b';

    private Markdown() {}

    /** A sentence, cut to so many characters. */
    static String text(String text, int length) {
        StringBuilder escaped = new StringBuilder();
        for (char c : Printable.of(text, length).toCharArray()) {
            if (MARKUP.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
            if (c == '@' || c == '#') {
                escaped.append(BREAK);
            }
        }
        return escaped.toString().replace("://", ":" + BREAK + "//").replace("www.", "www" + BREAK + ".");
    }

    /** A name as code, cut at its start to so many characters: a path ends with what tells most. */
    static String path(String path, int length) {
        String shown = "/" + Printable.of(path);
        int characters = shown.codePointCount(0, shown.length());
        return code(
                characters <= length
                        ? shown
                        : "…" + shown.substring(shown.offsetByCodePoints(0, characters - length + 1)));
    }

    /** A text as code, cut at its end. */
    static String code(String text, int length) {
        return code(Printable.of(text, length));
    }

    /** Code in a table: there a bar ends a cell even in code. */
    static String cell(String code) {
        return code.replace("|", "\\|");
    }

    /** In code nothing is markup but the backticks around it. */
    private static String code(String shown) {
        if (shown.isBlank()) {
            return "";
        }
        int run = 0;
        int longest = 0;
        for (char c : shown.toCharArray()) {
            run = c == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        String space = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
        return fence + space + shown + space + fence;
    }
}
