package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.List;

/** The merged entries, as references into the tables of the layers: 14 bytes for each. */
final class MergedTable implements MergedFileSystem {
    private final List<LayerTable> tables;
    private final char[] layers;
    private final int[] entries;
    private final long[] bytes;
    private final long visibleBytes;
    private final long fileCount;

    MergedTable(List<LayerTable> tables, char[] layers, int[] entries, long[] bytes) {
        this.tables = List.copyOf(tables);
        this.layers = layers;
        this.entries = entries;
        this.bytes = bytes;
        long total = 0;
        long files = 0;
        for (int i = 0; i < entries.length; i++) {
            total += bytes[i];
            EntryType type = type(i);
            if (type == EntryType.FILE || type == EntryType.SYMLINK || type == EntryType.HARDLINK) {
                files++;
            }
        }
        this.visibleBytes = total;
        this.fileCount = files;
    }

    @Override
    public int size() {
        return entries.length;
    }

    @Override
    public String path(int entry) {
        return tables.get(layers[entry]).path(entries[entry]);
    }

    @Override
    public EntryType type(int entry) {
        return tables.get(layers[entry]).type(entries[entry]);
    }

    @Override
    public long bytes(int entry) {
        return bytes[entry];
    }

    @Override
    public int layer(int entry) {
        return layers[entry];
    }

    @Override
    public int entryOfLayer(int entry) {
        return entries[entry];
    }

    @Override
    public long visibleBytes() {
        return visibleBytes;
    }

    @Override
    public long fileCount() {
        return fileCount;
    }
}
