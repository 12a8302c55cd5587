package io.github.bitnetmaven.audit.content;

import java.util.function.Consumer;

/** Many paths in one text, each without what it shares with the one before: a third of their characters. */
final class PathList {
    /** Longer lists of files are none. */
    static final long MAXIMUM_BYTES = 1 << 24;

    /** Added to the number of shared characters, so that it is never the end of a line. */
    private static final int OFFSET = ' ';

    private static final int MOST_SHARED = 200;

    private PathList() {}

    /** Collects the paths. */
    static final class Encoder {
        private final StringBuilder encoded = new StringBuilder();
        private String last = "";

        void add(String path) {
            if (path.indexOf('\n') >= 0) {
                return;
            }
            int shared = 0;
            int most = Math.min(MOST_SHARED, Math.min(path.length(), last.length()));
            while (shared < most && path.charAt(shared) == last.charAt(shared)) {
                shared++;
            }
            encoded.append((char) (OFFSET + shared)).append(path, shared, path.length()).append('\n');
            last = path;
        }

        String encoded() {
            return encoded.toString();
        }
    }

    static void forEach(String encoded, Consumer<String> paths) {
        String last = "";
        int at = 0;
        while (at < encoded.length()) {
            int end = encoded.indexOf('\n', at);
            last = last.substring(0, encoded.charAt(at) - OFFSET) + encoded.substring(at + 1, end);
            paths.accept(last);
            at = end + 1;
        }
    }
}
