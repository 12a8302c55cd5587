package io.github.bitnetmaven.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** Whether {@code true} is set; false when nothing is, or what is set was refused. */
    boolean isTrue(Problems problems) {
        String wanted = or("false").toLowerCase(Locale.ROOT);
        if (!wanted.equals("true") && !wanted.equals("false")) {
            refuse(problems, "must be true or false");
        }
        return wanted.equals("true");
    }

    /** The constant that is meant, whatever its case; the fallback when nothing is set or what is set was refused. */
    <E extends Enum<E>> E oneOf(Class<E> type, E fallback, Problems problems) {
        if (value == null) {
            return fallback;
        }
        String wanted = value.toLowerCase(Locale.ROOT);
        List<String> known = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String text = constant.name().toLowerCase(Locale.ROOT);
            if (text.equals(wanted)) {
                return constant;
            }
            known.add(text);
        }
        String hint = Spelling.nearest(wanted, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse(".");
        problems.add(name() + " is '" + Problems.printable(value) + "', but must be one of " + String.join(", ", known)
                + hint);
        return fallback;
    }
}
