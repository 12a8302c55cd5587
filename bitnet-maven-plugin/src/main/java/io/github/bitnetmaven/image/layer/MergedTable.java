package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The merged entries, as references into the tables of the layers: 14 bytes for each. */
final class MergedTable implements MergedFileSystem {
    private final List<LayerTable> tables;
    private final char[] layers;
    private final int[] entries;
    private final VisibleBytes contents;
    private final long[] bytes;
    private final Hiding hiding;
    private final long visibleBytes;
    private final long fileCount;

    /**
     * @param contents have charged the bytes
     */
    MergedTable(List<LayerTable> tables, char[] layers, int[] entries, VisibleBytes contents, long[] bytes) {
        this.tables = List.copyOf(tables);
        this.layers = layers;
        this.entries = entries;
        this.contents = contents;
        this.bytes = bytes;
        this.hiding = new Hiding(this.tables);
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
    public int find(String path) {
        byte[] wanted = path.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = entries.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            LayerTable table = tables.get(layers[middle]);
            int entry = entries[middle];
            int at = table.offset(entry);
            int order = Arrays.compareUnsigned(
                    table.chunk(entry), at, at + table.length(entry), wanted, 0, wanted.length);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
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
    public int contentLayer(int entry) {
        return contents.contentOf(layers[entry], entries[entry]).layer();
    }

    @Override
    public int contentEntry(int entry) {
        return contents.contentOf(layers[entry], entries[entry]).entry();
    }

    @Override
    public int hiddenBy(int layer, int entry) {
        return hiding.by(layer, entry);
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
