package io.github.bitnetmaven.audit.growth;

/** From a key to the files that have it, in the order in which they came. Open addressing, 24 bytes for each file. */
final class KeyTable {
    private static final int NONE = -1;

    private long[] keys;
    private int[] files;
    private int used;

    KeyTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, Math.min(expected, 1 << 28)) * 2 - 1) << 1;
        keys = new long[capacity];
        files = new int[capacity];
    }

    /** Adds a file; the key is not 0. */
    void add(long key, int file) {
        if (used * 3L >= keys.length * 2L) {
            grow();
        }
        int at = start(key);
        while (keys[at] != 0) {
            at = at + 1 & keys.length - 1;
        }
        keys[at] = key;
        files[at] = file;
        used++;
    }

    /** The first file with this key; -1 when there is none. */
    int first(long key) {
        for (int at = start(key); keys[at] != 0; at = at + 1 & keys.length - 1) {
            if (keys[at] == key) {
                return files[at];
            }
        }
        return NONE;
    }

    /** As {@link #first}; the file is not found again. */
    int take(long key) {
        for (int at = start(key); keys[at] != 0; at = at + 1 & keys.length - 1) {
            if (keys[at] == key && files[at] != NONE) {
                int file = files[at];
                files[at] = NONE;
                return file;
            }
        }
        return NONE;
    }

    private int start(long key) {
        return (int) key & keys.length - 1;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldFiles = files;
        keys = new long[oldKeys.length * 2];
        files = new int[oldKeys.length * 2];
        used = 0;
        // Once around, from a gap on, so that files of one key stay in their order.
        int gap = 0;
        while (oldKeys[gap] != 0) {
            gap++;
        }
        for (int i = 1; i <= oldKeys.length; i++) {
            int at = gap + i & oldKeys.length - 1;
            if (oldKeys[at] != 0) {
                add(oldKeys[at], oldFiles[at]);
            }
        }
    }
}
