package io.github.bitnetmaven.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing a user can set.
 *
 * @param xmlPath where it stands in the pom, such as {@code <image><port>}
 * @param property null when there is none
 * @param value what was set, trimmed; null when nothing or only white space was
 */
record Option(String xmlPath, @Nullable String property, @Nullable String value) {
    Option {
        value = value == null || value.isBlank() ? null : value.strip();
    }

    /** How messages name it: {@code <image><port> (-Dbitnet.port)}. */
    String name() {
        return property == null ? xmlPath : xmlPath + " (-D" + property + ")";
    }

    boolean isSet() {
        return value != null;
    }

    String or(String fallback) {
        return value == null ? fallback : value;
    }

    /** Adds the sentence {@code NAME is 'VALUE', but WHY.} */
    void refuse(Problems problems, String why) {
        problems.add(name() + " is '" + Problems.printable(or("")) + "', but " + why + ".");
    }

    /** The constant that is meant, whatever its case; the fallback when nothing is set or what is set was refused. */
    <E extends Enum<E>> E oneOf(Class<E> type, E fallback, Problems problems) {
        if (value == null) {
            return fallback;
        }
        String wanted = value.toLowerCase(Locale.ROOT);
        E[] constants = type.getEnumConstants();
        E nearest = fallback;
        int distance = Integer.MAX_VALUE;
        for (E constant : constants) {
            int d = editDistance(wanted, text(constant));
            if (d == 0) {
                return constant;
            }
            if (d < distance) {
                distance = d;
                nearest = constant;
            }
        }
        String known = Arrays.stream(constants).map(Option::text).collect(Collectors.joining(", "));
        String hint = distance <= 2 ? "; did you mean " + text(nearest) + "?" : ".";
        problems.add(name() + " is '" + Problems.printable(value) + "', but must be one of " + known + hint);
        return fallback;
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's, bounded: texts longer than 40 are far from everything. */
    private static int editDistance(String a, String b) {
        if (a.length() > 40) {
            return a.length();
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
