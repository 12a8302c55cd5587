package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.EntryType;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer's entries in columns, sorted so that a directory is followed by all that is in it; at one path a whiteout
 * comes first, then an opaque mark, then what the layer has there. About 20 bytes for an entry beside its path.
 */
public final class LayerTable implements EntryTable {
    /** In a hard link's value: the target is not in this layer. */
    static final int IN_LOWER_LAYER = -1;

    private static final EntryType[] TYPES = EntryType.values();
    private static final int DIGEST_BYTES = 32;

    /** The columns of the entries, one item for each. */
    record Columns(
            ByteArena arena, int[] addresses, char[] lengths, byte[] types, char[] modes, long[] values, int size) {}

    /** Set in the type column where a content digest follows the path in the arena. */
    static final int DIGEST_FLAG = 0x40;

    private final Columns columns;
    private final Map<String, Map<Integer, String>> facts;
    private final long unpackedBytes;
    private final long fileCount;

    /** Takes the columns as they are; their order and the values are the builder's business. */
    LayerTable(Columns columns, Map<String, Map<Integer, String>> facts) {
        this.columns = columns;
        this.facts = facts;
        long bytes = 0;
        long files = 0;
        for (int entry = 0; entry < columns.size; entry++) {
            bytes += bytes(entry);
            EntryType type = type(entry);
            if (type == EntryType.FILE || type == EntryType.SYMLINK || type == EntryType.HARDLINK) {
                files++;
            }
        }
        this.unpackedBytes = bytes;
        this.fileCount = files;
    }

    /** Sum of the entry bytes. */
    public long unpackedBytes() {
        return unpackedBytes;
    }

    /** Regular files and links. */
    public long fileCount() {
        return fileCount;
    }

    @Override
    public int size() {
        return columns.size;
    }

    @Override
    public String path(int entry) {
        return EntryPath.text(chunk(entry), offset(entry), length(entry));
    }

    @Override
    public EntryType type(int entry) {
        return TYPES[columns.types[entry] & ~DIGEST_FLAG];
    }

    @Override
    public long bytes(int entry) {
        return type(entry) == EntryType.HARDLINK ? 0 : columns.values[entry];
    }

    @Override
    public int mode(int entry) {
        return columns.modes[entry];
    }

    @Override
    public @Nullable String linkTarget(int entry) {
        EntryType type = type(entry);
        if (type != EntryType.SYMLINK && type != EntryType.HARDLINK) {
            return null;
        }
        return EntryPath.text(chunk(entry), linkOffset(entry), linkLength(entry));
    }

    @Override
    public @Nullable String contentDigest(int entry) {
        if ((columns.types[entry] & DIGEST_FLAG) == 0) {
            return null;
        }
        int at = offset(entry) + length(entry);
        return HexFormat.of().formatHex(chunk(entry), at, at + DIGEST_BYTES);
    }

    @Override
    public @Nullable String fact(String observer, int entry) {
        Map<Integer, String> ofObserver = facts.get(observer);
        return ofObserver == null ? null : ofObserver.get(entry);
    }

    /** Facts by observer and entry. */
    Map<String, Map<Integer, String>> facts() {
        return facts;
    }

    /** A row of {@link LayerTableFile}: the name, and behind it the link's target or the digest. */
    void write(int entry, DataOutputStream out) throws IOException {
        EntryType type = type(entry);
        boolean link = type == EntryType.SYMLINK || type == EntryType.HARDLINK;
        int digest = (columns.types[entry] & DIGEST_FLAG) == 0 ? 0 : DIGEST_BYTES;
        int bytes = length(entry) + (link ? 2 + linkLength(entry) : digest);
        out.writeByte(columns.types[entry]);
        out.writeChar(columns.modes[entry]);
        out.writeLong(columns.values[entry]);
        out.writeChar(length(entry));
        out.writeInt(bytes);
        out.write(chunk(entry), offset(entry), bytes);
    }

    byte[] chunk(int entry) {
        return columns.arena.chunk(columns.addresses[entry]);
    }

    int offset(int entry) {
        return ByteArena.offset(columns.addresses[entry]);
    }

    int length(int entry) {
        return columns.lengths[entry];
    }

    /** Where a link's target starts in the entry's chunk: after the path and two bytes with the target's length. */
    int linkOffset(int entry) {
        return offset(entry) + length(entry) + 2;
    }

    int linkLength(int entry) {
        byte[] chunk = chunk(entry);
        int at = offset(entry) + length(entry);
        return (chunk[at] & 0xff) << 8 | chunk[at + 1] & 0xff;
    }

    /** The entry in this layer that a hard link shares its content with, or {@link #IN_LOWER_LAYER}. */
    int hardLinkTarget(int entry) {
        return (int) columns.values[entry];
    }

    /** The entry that is really there at a path: no whiteout, no opaque mark; -1 when there is none. */
    int find(byte[] path, int at, int pathLength) {
        int found = lastNotAfter(path, at, pathLength);
        return found >= 0 && isReal(found) && isAt(found, path, at, pathLength) ? found : -1;
    }

    boolean isAt(int entry, byte[] path, int at, int pathLength) {
        return compare(entry, path, at, pathLength) == 0;
    }

    boolean isReal(int entry) {
        EntryType type = type(entry);
        return type != EntryType.WHITEOUT && type != EntryType.OPAQUE;
    }

    /** The last entry whose path is not after the given one in the order of the table; -1 when there is none. */
    int lastNotAfter(byte[] path, int at, int pathLength) {
        int low = 0;
        int high = columns.size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (compare(middle, path, at, pathLength) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private int compare(int entry, byte[] path, int at, int pathLength) {
        return EntryPath.compareTree(chunk(entry), offset(entry), length(entry), path, at, pathLength);
    }

    int compareTree(int entry, LayerTable other, int otherEntry) {
        return compare(entry, other.chunk(otherEntry), other.offset(otherEntry), other.length(otherEntry));
    }
}
