package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Includes and excludes: chosen is what at least one include and no exclude matches. */
public record PathPatterns(List<PathPattern> includes, List<PathPattern> excludes) {
    public PathPatterns {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /**
     * @param where XML path of the list, for the message
     */
    public static PathPatterns including(List<String> patterns, String where) throws ConfigurationException {
        return new PathPatterns(parse(patterns, where), List.of());
    }

    public static List<PathPattern> parse(List<String> patterns, String where) throws ConfigurationException {
        List<PathPattern> parsed = new ArrayList<>();
        for (String pattern : patterns) {
            parsed.add(PathPattern.parse(pattern, where));
        }
        return parsed;
    }

    public boolean matches(String path) {
        return anyMatches(includes, path) && !anyMatches(excludes, path);
    }

    private static boolean anyMatches(List<PathPattern> patterns, String path) {
        for (PathPattern pattern : patterns) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    /** The patterns as written, separated by commas. */
    @Override
    public String toString() {
        return joined(includes) + (excludes.isEmpty() ? "" : " without " + joined(excludes));
    }

    private static String joined(List<PathPattern> patterns) {
        return patterns.stream().map(PathPattern::toString).collect(Collectors.joining(", "));
    }
}
