package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges layers in one pass over their sorted tables. Each path is played through from the lowest layer to the highest;
 * what hides a directory's content of lower layers (a whiteout, an opaque mark, something that is no directory) is kept
 * on a stack while the walk is inside that directory.
 */
public final class LayerMerge {
    private static final int NONE = -1;

    private final List<LayerTable> tables;
    private final PriorityQueue<Cursor> queue;
    private final List<Cursor> cursors = new ArrayList<>();
    private final List<Barrier> barriers = new ArrayList<>();
    private char[] layers = new char[64];
    private int[] entries = new int[64];
    private int size;

    private LayerMerge(List<LayerTable> tables) {
        this.tables = tables;
        this.queue = new PriorityQueue<>(Math.max(1, tables.size()), Comparator.naturalOrder());
        for (int layer = 0; layer < tables.size(); layer++) {
            cursors.add(new Cursor(layer, tables.get(layer)));
        }
    }

    /**
     * What a container sees of these layers, lowest first.
     *
     * @throws ImageException when a hard link's target is nowhere
     */
    public static MergedFileSystem merge(List<LayerTable> tables) throws ImageException {
        if (tables.size() > Character.MAX_VALUE) {
            throw new ImageException("The image has " + tables.size() + " layers; at most 65,535 can be audited.");
        }
        return new LayerMerge(tables).merge();
    }

    private MergedFileSystem merge() throws ImageException {
        for (Cursor cursor : cursors) {
            if (cursor.table.size() > 0) {
                queue.add(cursor);
            }
        }
        List<Cursor> group = new ArrayList<>();
        while (!queue.isEmpty()) {
            nextPath(group);
            place(group);
        }
        int[] order = IndexSort.sort(size, this::compareBytes);
        char[] sortedLayers = new char[size];
        int[] sortedEntries = new int[size];
        for (int i = 0; i < size; i++) {
            sortedLayers[i] = layers[order[i]];
            sortedEntries[i] = entries[order[i]];
        }
        VisibleBytes contents = new VisibleBytes(tables);
        long[] bytes = contents.charge(sortedLayers, sortedEntries);
        return new MergedTable(tables, sortedLayers, sortedEntries, contents, bytes);
    }

    private void nextPath(List<Cursor> group) {
        Cursor first = queue.remove();
        group.clear();
        group.add(first);
        while (!queue.isEmpty() && queue.peek().compareTree(first) == 0) {
            group.add(queue.remove());
        }
    }

    private int compareBytes(int a, int b) {
        LayerTable tableA = tables.get(layers[a]);
        LayerTable tableB = tables.get(layers[b]);
        int entryA = entries[a];
        int entryB = entries[b];
        int atA = tableA.offset(entryA);
        int atB = tableB.offset(entryB);
        return Arrays.compareUnsigned(
                tableA.chunk(entryA),
                atA,
                atA + tableA.length(entryA),
                tableB.chunk(entryB),
                atB,
                atB + tableB.length(entryB));
    }

    /** Plays the entries of one path through, lowest layer first; moves the cursors on. */
    private void place(List<Cursor> group) {
        LayerTable table = group.get(0).table;
        int path = group.get(0).entry;
        while (!barriers.isEmpty() && !barriers.get(barriers.size() - 1).isAbove(table, path)) {
            barriers.remove(barriers.size() - 1);
        }
        int inherited = barriers.isEmpty() ? 0 : barriers.get(barriers.size() - 1).lowest;
        Place place = new Place(inherited);
        boolean onlyDirectories = true;
        List<Step> steps = new ArrayList<>(group.size());
        for (Cursor cursor : group) {
            int last = cursor.entry;
            while (last + 1 < cursor.table.size() && cursor.table.compareTree(last + 1, table, path) == 0) {
                last++;
            }
            for (int entry = cursor.entry; entry <= last; entry++) {
                steps.add(new Step(cursor.layer, entry));
                onlyDirectories &= cursor.table.type(entry) == EntryType.DIRECTORY;
            }
            cursor.entry = last + 1;
            if (cursor.entry < cursor.table.size()) {
                queue.add(cursor);
            }
        }
        if (!onlyDirectories && !queue.isEmpty() && queue.peek().isWithin(table, path)) {
            addImpliedDirectories(steps, table, path);
        }
        for (Step step : steps) {
            place.play(step);
        }
        if (place.layer != NONE) {
            emit(place.layer, place.entry);
        }
        if (place.lowest > inherited) {
            barriers.add(new Barrier(table, path, place.lowest));
        }
    }

    /** A layer that has something in a directory has the directory, even where its archive does not say so. */
    private void addImpliedDirectories(List<Step> steps, LayerTable table, int path) {
        for (Cursor cursor : cursors) {
            boolean explicit = steps.stream()
                    .anyMatch(step -> step.layer == cursor.layer && cursor.table.isReal(step.entry));
            if (!explicit && cursor.entry < cursor.table.size() && cursor.isWithin(table, path)) {
                steps.add(new Step(cursor.layer, NONE));
            }
        }
        steps.sort(Comparator.comparingInt(Step::layer));
    }

    private void emit(int layer, int entry) {
        if (size == layers.length) {
            int larger = Math.addExact(size, size >> 1);
            layers = Arrays.copyOf(layers, larger);
            entries = Arrays.copyOf(entries, larger);
        }
        layers[size] = (char) layer;
        entries[size++] = entry;
    }

    /**
     * @param entry in the layer's table; {@link #NONE} for a directory that is only implied
     */
    private record Step(int layer, int entry) {}

    /** What is at one path, layer by layer. */
    private final class Place {
        private int layer = NONE;
        private int entry = NONE;
        /** Lowest layer whose content inside this path is still there. */
        private int lowest;

        private Place(int lowest) {
            this.lowest = lowest;
        }

        void play(Step step) {
            if (step.layer < lowest) {
                return;
            }
            if (step.entry == NONE) {
                if (isNoDirectory()) {
                    clear(step.layer);
                }
                return;
            }
            switch (tables.get(step.layer).type(step.entry)) {
                case WHITEOUT -> clear(step.layer);
                case OPAQUE -> {
                    if (isNoDirectory()) {
                        clear(step.layer);
                    }
                    lowest = step.layer;
                }
                case DIRECTORY -> {
                    if (isNoDirectory()) {
                        lowest = step.layer;
                    }
                    layer = step.layer;
                    entry = step.entry;
                }
                default -> {
                    lowest = step.layer;
                    layer = step.layer;
                    entry = step.entry;
                }
            }
        }

        private void clear(int by) {
            lowest = by;
            layer = NONE;
        }

        private boolean isNoDirectory() {
            return layer != NONE && tables.get(layer).type(entry) != EntryType.DIRECTORY;
        }
    }

    /** Inside this path, layers below the lowest are hidden. */
    private record Barrier(LayerTable table, int path, int lowest) {
        boolean isAbove(LayerTable other, int entry) {
            return EntryPath.isWithin(
                    other.chunk(entry),
                    other.offset(entry),
                    other.length(entry),
                    table.chunk(path),
                    table.offset(path),
                    table.length(path));
        }
    }

    /** Where the walk is in one layer. */
    private static final class Cursor implements Comparable<Cursor> {
        private final int layer;
        private final LayerTable table;
        private int entry;

        private Cursor(int layer, LayerTable table) {
            this.layer = layer;
            this.table = table;
        }

        int compareTree(Cursor other) {
            return table.compareTree(entry, other.table, other.entry);
        }

        boolean isWithin(LayerTable other, int directory) {
            return EntryPath.isWithin(
                    table.chunk(entry),
                    table.offset(entry),
                    table.length(entry),
                    other.chunk(directory),
                    other.offset(directory),
                    other.length(directory));
        }

        @Override
        public int compareTo(Cursor other) {
            int byPath = compareTree(other);
            return byPath != 0 ? byPath : Integer.compare(layer, other.layer);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return layer;
        }
    }
}
