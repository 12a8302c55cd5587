package io.github.bitnetmaven.image;

/** What a container sees: the layers merged by the rules of whiteouts. Sorted by path (bytewise). */
public interface MergedFileSystem {
    /** Number of entries: directories and specials too. */
    int size();

    String path(int entry);

    EntryType type(int entry);

    /** Visible bytes; those that hard links share are on the first path. */
    long bytes(int entry);

    /** Index of the layer that the entry comes from. */
    int layer(int entry);

    /** Index in that layer's {@link EntryTable}. */
    int entryOfLayer(int entry);

    /** Sum of the entry bytes; hard links counted once. */
    long visibleBytes();

    /** Regular files and links. */
    long fileCount();
}
