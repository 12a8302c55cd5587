package io.github.bitnetmaven.audit.finding;

import org.jspecify.annotations.Nullable;

/**
 * A visible file or link that no base layer brings.
 *
 * @param index in the merged file system
 * @param path relative and normalized
 */
record OwnFile(int index, String path, long bytes, int layer) {
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of the directory; empty for the root. */
    String directory() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** The path up to the directory or file of that name, such as {@code src/.git} of {@code src/.git/HEAD}; or null. */
    @Nullable String upTo(String name) {
        if (path.equals(name) || path.startsWith(name + "/")) {
            return name;
        }
        int at = path.indexOf("/" + name + "/");
        if (at >= 0) {
            return path.substring(0, at + 1 + name.length());
        }
        return path.endsWith("/" + name) ? path : null;
    }
}
