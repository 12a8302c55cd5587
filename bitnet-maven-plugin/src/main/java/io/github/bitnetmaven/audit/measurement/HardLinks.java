package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;

/** Tells which file of its layer a hard link shares its bytes with. */
final class HardLinks {
    /** Links to links are rare; chains longer than this are made to deceive. */
    private static final int MAX_CHAIN = 40;

    private final Image image;

    HardLinks(Image image) {
        this.image = image;
    }

    /** The path of the regular file behind an entry of the merged file system; its own path if it is no hard link. */
    String file(int visible) {
        MergedFileSystem files = image.files();
        int layer = files.layer(visible);
        EntryTable entries = image.layers().get(layer).entries();
        String path = files.path(visible);
        int current = visible;
        for (int i = 0; i < MAX_CHAIN && files.type(current) == EntryType.HARDLINK; i++) {
            String target = entries.linkTarget(files.entryOfLayer(current));
            if (target == null) {
                return path;
            }
            path = target;
            current = find(path);
            if (current < 0 || files.layer(current) != layer) {
                return path;
            }
        }
        return path;
    }

    private int find(String path) {
        MergedFileSystem files = image.files();
        int low = 0;
        int high = files.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = ByteOrder.compare(files.path(middle), path);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
