package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.configuration.ConfigurationException;
import java.util.List;

/**
 * An Ant-style pattern over paths from the image's root: {@code *} and {@code ?} stay within a name, {@code **} stands
 * for any number of directories, a trailing slash for all below. A leading slash makes no difference.
 */
public final class PathPattern {
    private static final String ANY_DEPTH = "**";

    private final String text;
    private final List<String> names;
    /** What every path that matches ends with: it tells most of a million files in one comparison. */
    private final String ending;

    private PathPattern(String text, List<String> names) {
        this.text = text;
        this.names = names;
        String last = names.get(names.size() - 1);
        this.ending = last.substring(1 + Math.max(last.lastIndexOf('*'), last.lastIndexOf('?')));
    }

    /**
     * @param where XML path and property of the pattern, for the message
     */
    public static PathPattern parse(String text, String where) throws ConfigurationException {
        String trimmed = text.strip();
        String relative = trimmed.startsWith("/") ? trimmed.substring(1) : trimmed;
        if (relative.endsWith("/")) {
            relative += ANY_DEPTH;
        }
        if (relative.isEmpty()) {
            throw invalid(where, text, "an empty pattern matches nothing");
        }
        if (relative.indexOf('\\') >= 0) {
            throw invalid(where, text, "paths in an image have forward slashes");
        }
        if (relative.indexOf('{') >= 0) {
            throw invalid(where, text, "braces are not supported: write one pattern for each alternative");
        }
        List<String> names = List.of(relative.split("/", -1));
        for (String name : names) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw invalid(where, text, "a path in an image has no empty name, no '.' and no '..'");
            }
            if (name.contains(ANY_DEPTH) && !name.equals(ANY_DEPTH)) {
                throw invalid(where, text, "'**' must stand alone between slashes");
            }
        }
        return new PathPattern(trimmed, names);
    }

    private static ConfigurationException invalid(String where, String text, String why) {
        return new ConfigurationException(where + " is '" + Printable.of(text, 200) + "', but " + why
                + ". Patterns look like /usr/lib/** or **/*.gguf.");
    }

    /**
     * @param path relative and normalized, as in {@code usr/lib/libc.so.6}
     */
    public boolean matches(String path) {
        if (!path.endsWith(ending)) {
            return false;
        }
        int n = 0;
        int start = 0;
        int any = -1;
        int resume = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (n < names.size() && names.get(n).equals(ANY_DEPTH)) {
                any = n++;
                resume = start;
            } else if (n < names.size() && Wildcards.match(names.get(n), path.substring(start, end))) {
                n++;
                start = end + 1;
            } else if (any >= 0) {
                // The last ** takes one directory more.
                int next = path.indexOf('/', resume);
                resume = next < 0 ? path.length() + 1 : next + 1;
                n = any + 1;
                start = resume;
            } else {
                return false;
            }
        }
        while (n < names.size() && names.get(n).equals(ANY_DEPTH)) {
            n++;
        }
        return n == names.size();
    }

    /** As written. */
    @Override
    public String toString() {
        return text;
    }
}
