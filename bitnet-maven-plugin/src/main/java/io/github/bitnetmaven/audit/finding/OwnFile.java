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
 * @param parent where it is
 */
record OwnFile(int index, String path, String name, OwnDirectory parent, long bytes, int layer) {
    /** The path of the directory; empty for the root. */
    String directory() {
        return parent.path();
    }

    /** The first of these directories, a constant list, that it is in or below; null when it is in none. */
    @Nullable String directoryAmong(List<String> directories) {
        return parent.among(directories);
    }

    boolean isInOneOf(List<String> directories) {
        return parent.among(directories) != null;
    }

    boolean hasSuffixOf(List<String> suffixes) {
        for (String suffix : suffixes) {
            if (name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    /** The path up to the directory or file of that name, such as {@code src/.git} of {@code src/.git/HEAD}; or null. */
    @Nullable String upTo(String part) {
        if (part.startsWith(".") && !parent.isDotted() && !name.startsWith(".")) {
            return null;
        }
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
