package io.github.bitnetmaven.audit.content;

import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.Layer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells which files must be read to know whether they are copies of each other. */
public final class Copies {
    private Copies() {}

    /**
     * The sizes that several files of an image have, hidden ones too, of which not all have a checksum, since contents
     * were skipped. Empty where contents were not.
     */
    public static Set<Long> sizesToCompare(Image image) {
        Set<Long> sizes = new HashSet<>();
        if (image.uncheckedDigests().isEmpty()) {
            return sizes;
        }
        Map<Long, Integer> counts = new HashMap<>();
        for (Layer layer : image.layers()) {
            EntryTable entries = layer.entries();
            for (int i = 0; i < entries.size(); i++) {
                if (entries.type(i) == EntryType.FILE && entries.bytes(i) >= AuditObserver.SMALLEST_COPY) {
                    int count = counts.merge(entries.bytes(i), 1, Integer::sum);
                    if (count > 1) {
                        sizes.add(entries.bytes(i));
                    }
                }
            }
        }
        return sizes;
    }
}
