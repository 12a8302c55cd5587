package io.github.bitnetmaven.image;

/** What a container sees: the layers merged by the rules of whiteouts. Sorted by path (bytewise). */
public interface MergedFileSystem {
    /** Number of entries: directories and specials too. */
    int size();

    String path(int entry);

    EntryType type(int entry);

    /** The entry at a path, as {@link #path} gives it; -1 when there is none. */
    int find(String path);

    /** Visible bytes; those that hard links share are on the first path. */
    long bytes(int entry);

    /** Index of the layer that the entry comes from. */
    int layer(int entry);

    /** Index in that layer's {@link EntryTable}. */
    int entryOfLayer(int entry);

    /** Index of the layer that has the bytes of a file or link; another than {@link #layer} only for a hard link. */
    int contentLayer(int entry);

    /** Index in that layer's {@link EntryTable} of the entry that has the bytes: no hard link. */
    int contentEntry(int entry);

    /**
     * Index of the lowest layer that overwrites, removes or hides what a layer below it has at one of its entries; -1
     * when none does. Quickest when asked in the order of the entries.
     *
     * @param entry in the table of that layer
     */
    int hiddenBy(int layer, int entry);

    /** Sum of the entry bytes; hard links counted once. */
    long visibleBytes();

    /** Regular files and links. */
    long fileCount();
}
