package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.image.EntryType;
import java.util.Arrays;
import java.util.List;

/** Tells which layer takes away what the layers below it have at a path. */
final class Hiding {
    private static final int NONE = -1;

    private final List<LayerTable> tables;
    private int lastLayer = NONE;
    private byte[] lastDirectory = {};
    private int lastByDirectory = NONE;

    Hiding(List<LayerTable> tables) {
        this.tables = tables;
    }

    /** The lowest layer that hides an entry of a layer below it; -1 when none does. */
    int by(int layer, int entry) {
        LayerTable table = tables.get(layer);
        byte[] path = table.chunk(entry);
        int at = table.offset(entry);
        int length = table.length(entry);
        int byDirectory = byDirectory(layer, path, at, Math.max(0, EntryPath.parentLength(path, at, length)));
        int end = byDirectory == NONE ? tables.size() : byDirectory;
        for (int above = layer + 1; above < end; above++) {
            if (isAtOrWithin(tables.get(above), path, at, length)) {
                return above;
            }
        }
        return byDirectory;
    }

    /** Entries of one directory follow each other, and what hides the directory hides all of them. */
    private int byDirectory(int layer, byte[] path, int at, int length) {
        boolean same = layer == lastLayer
                && Arrays.equals(lastDirectory, 0, lastDirectory.length, path, at, at + length);
        if (!same) {
            lastLayer = layer;
            lastDirectory = Arrays.copyOfRange(path, at, at + length);
            lastByDirectory = NONE;
            for (int above = layer + 1; above < tables.size() && lastByDirectory == NONE; above++) {
                lastByDirectory = isNoDirectoryOnTheWay(tables.get(above), path, at, length) ? above : NONE;
            }
        }
        return lastByDirectory;
    }

    /** Whether a layer takes away what the layers below it have at a path. */
    static boolean hides(LayerTable table, byte[] path, int at, int length) {
        return isNoDirectoryOnTheWay(table, path, at, length)
                || isWithin(table, table.lastNotAfter(path, at, length) + 1, path, at, length);
    }

    /** Whether at the path or above it there is a whiteout, an opaque mark, or anything that is no directory. */
    private static boolean isNoDirectoryOnTheWay(LayerTable table, byte[] path, int at, int length) {
        for (int end = 0; end <= length; end++) {
            if (end > 0 && end < length && path[at + end] != '/') {
                continue;
            }
            int entry = table.lastNotAfter(path, at, end);
            while (entry >= 0 && table.isAt(entry, path, at, end)) {
                if (table.type(entry) != EntryType.DIRECTORY) {
                    return true;
                }
                entry--;
            }
        }
        return false;
    }

    private static boolean isAtOrWithin(LayerTable table, byte[] path, int at, int length) {
        int last = table.lastNotAfter(path, at, length);
        return last >= 0 && table.isAt(last, path, at, length) || isWithin(table, last + 1, path, at, length);
    }

    private static boolean isWithin(LayerTable table, int next, byte[] path, int at, int length) {
        return next < table.size()
                && EntryPath.isWithin(table.chunk(next), table.offset(next), table.length(next), path, at, length);
    }
}
