package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the largest of the files that it is shown. */
final class Contributors {
    private static final int KEPT = 5;

    /** Largest first; then lowest layer and path, so that the order is stable. */
    private static final Comparator<Contributor> LARGEST_FIRST = Comparator.comparingLong(Contributor::bytes)
            .reversed()
            .thenComparingInt(Contributor::layer)
            .thenComparing(Contributor::path);

    private final PriorityQueue<Contributor> largest = new PriorityQueue<>(LARGEST_FIRST.reversed());

    /** Chooses entries of layers. */
    interface Choice {
        boolean takes(int layer, int entry);
    }

    /** The largest files of the layers, hidden ones too, that the choice takes. */
    static List<Contributor> inLayers(Measurement measurement, Choice choice) {
        Contributors contributors = new Contributors();
        for (Layer layer : measurement.image().layers()) {
            EntryTable entries = layer.entries();
            for (int i = 0; i < entries.size(); i++) {
                EntryType type = entries.type(i);
                boolean counts = type == EntryType.FILE || type == EntryType.SYMLINK;
                if (counts && contributors.mayKeep(entries.bytes(i)) && choice.takes(layer.index(), i)) {
                    contributors.add(new Contributor(entries.path(i), entries.bytes(i), layer.index()));
                }
            }
        }
        return contributors.list();
    }

    /** Cheap, so that paths need not be built for the many small files. */
    boolean mayKeep(long bytes) {
        return bytes > 0 && (largest.size() < KEPT || bytes >= largest.element().bytes());
    }

    void add(Contributor contributor) {
        largest.add(contributor);
        if (largest.size() > KEPT) {
            largest.remove();
        }
    }

    List<Contributor> list() {
        List<Contributor> list = new ArrayList<>(largest);
        list.sort(LARGEST_FIRST);
        return List.copyOf(list);
    }
}
