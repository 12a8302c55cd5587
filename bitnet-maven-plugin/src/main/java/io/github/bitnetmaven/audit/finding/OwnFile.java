package io.github.bitnetmaven.audit.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A visible file or link that no base layer brings. The rules look at each of maybe a million: what is asked here makes
 * no objects.
 *
 * @param index in the merged file system
 * @param path relative and normalized
 * @param name the last part of the path
 */
record OwnFile(int index, String path, String name, long bytes, int layer) {
    OwnFile(int index, String path, long bytes, int layer) {
        this(index, path, path.substring(path.lastIndexOf('/') + 1), bytes, layer);
    }

    /** The path of the directory; empty for the root. */
    String directory() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Whether it is in the directory of that path, or below it. */
    boolean isIn(String directory) {
        int end = directory.length();
        return path.length() > end && path.charAt(end) == '/' && path.startsWith(directory);
    }

    /** The first of these directories that it is in or below; null when it is in none. */
    @Nullable String directoryAmong(List<String> directories) {
        for (String directory : directories) {
            if (isIn(directory)) {
                return directory;
            }
        }
        return null;
    }

    boolean isInOneOf(List<String> directories) {
        return directoryAmong(directories) != null;
    }

    boolean hasSuffixOf(List<String> suffixes) {
        for (String suffix : suffixes) {
            if (name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    boolean hasPrefixOf(List<String> prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The path up to the directory or file of that name, such as {@code src/.git} of {@code src/.git/HEAD}; or null. */
    @Nullable String upTo(String part) {
        for (int at = path.indexOf(part); at >= 0; at = path.indexOf(part, at + 1)) {
            int end = at + part.length();
            boolean begins = at == 0 || path.charAt(at - 1) == '/';
            if (begins && (end == path.length() || path.charAt(end) == '/')) {
                return path.substring(0, end);
            }
        }
        return null;
    }
}
