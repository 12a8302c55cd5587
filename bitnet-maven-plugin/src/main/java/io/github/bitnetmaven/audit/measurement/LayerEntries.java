package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.image.EntryTable;

/** Looks entries of a layer up by path. */
final class LayerEntries {
    private LayerEntries() {}

    /** The entry of that path, or -1. */
    static int find(EntryTable entries, String path) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.path(i).equals(path)) {
                return i;
            }
        }
        return -1;
    }
}
