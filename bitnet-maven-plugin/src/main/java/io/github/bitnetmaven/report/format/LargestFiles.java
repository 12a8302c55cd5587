package io.github.bitnetmaven.report.format;

import io.github.bitnetmaven.audit.file.InventoryFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the largest of the files that it is shown; of those of one size the first by path. */
public final class LargestFiles {
    private static final Comparator<InventoryFile> LARGEST_FIRST =
            Comparator.comparingLong(InventoryFile::bytes).reversed().thenComparing(InventoryFile::path);

    private final PriorityQueue<InventoryFile> kept = new PriorityQueue<>(LARGEST_FIRST.reversed());
    private final int count;

    /**
     * @param count how many are kept, at least one
     */
    public LargestFiles(int count) {
        this.count = count;
    }

    /** Shows it a file. */
    public void add(InventoryFile file) {
        if (file.bytes() == 0 || (kept.size() == count && file.bytes() < kept.element().bytes())) {
            return;
        }
        kept.add(file);
        if (kept.size() > count) {
            kept.remove();
        }
    }

    /** The largest, largest first. */
    public List<InventoryFile> list() {
        List<InventoryFile> list = new ArrayList<>(kept);
        list.sort(LARGEST_FIRST);
        return List.copyOf(list);
    }
}
