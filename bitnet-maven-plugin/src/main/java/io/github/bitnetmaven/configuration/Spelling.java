package io.github.bitnetmaven.configuration;

import java.util.Collection;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
public final class Spelling {
    private static final int NEAR = 2;
    private static final int LONGEST = 40;

    private Spelling() {}

    /** The known word that is at most two edits away, the nearest one. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String nearest = null;
        int distance = NEAR + 1;
        for (String candidate : known) {
            int d = distance(word, candidate);
            if (d < distance) {
                distance = d;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Levenshtein's distance; what is long is far from everything. */
    private static int distance(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return LONGEST;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
