package io.github.bitnetmaven.audit.measurement;

/** {@code *} for any characters, {@code ?} for one. */
final class Wildcards {
    private Wildcards() {}

    /**
     * Whether the pattern covers the whole text. Goes back to the last star only, which is enough: at worst
     * length of text times length of pattern.
     */
    static boolean match(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
