package io.github.bitnetmaven.audit.finding;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directory of own files. They come sorted, so each rule would ask the same of it many times: it remembers. */
final class OwnDirectory {
    private static final String NONE = "";

    static final OwnDirectory ROOT = new OwnDirectory("");

    private final String path;
    private final boolean dotted;
    private final Map<List<String>, String> among = new IdentityHashMap<>();

    private OwnDirectory(String path) {
        this.path = path;
        this.dotted = path.startsWith(".") || path.contains("/.");
    }

    /**
     * The directory of a file.
     *
     * @param file relative and normalized
     * @param slash where the last one of that path is; -1 when there is none
     * @param last returned when it is the same one
     */
    static OwnDirectory of(String file, int slash, OwnDirectory last) {
        if (slash < 0) {
            return ROOT;
        }
        boolean same = slash == last.path.length() && file.startsWith(last.path);
        return same ? last : new OwnDirectory(file.substring(0, slash));
    }

    /** Empty for the root. */
    String path() {
        return path;
    }

    /** Whether a name on its path begins with a dot. */
    boolean isDotted() {
        return dotted;
    }

    /**
     * The first of these directories that it is or lies below; null when there is none.
     *
     * @param directories a constant: answers are kept for this very list
     */
    @Nullable String among(List<String> directories) {
        String known = among.get(directories);
        if (known == null) {
            known = search(directories);
            among.put(directories, known);
        }
        return known.equals(NONE) ? null : known;
    }

    private String search(List<String> directories) {
        for (String directory : directories) {
            int end = directory.length();
            if (path.startsWith(directory) && (path.length() == end || path.charAt(end) == '/')) {
                return directory;
            }
        }
        return NONE;
    }
}
