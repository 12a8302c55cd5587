package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.growth.Growth.FileGrowth;
import io.github.bitnetmaven.audit.growth.Growth.FileTotals;
import io.github.bitnetmaven.audit.growth.Growth.Kind;
import io.github.bitnetmaven.audit.growth.Growth.NamedGrowth;
import io.github.bitnetmaven.audit.growth.Snapshot.FileSize;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Compares the files of two images, in any order. Both are read twice, so that only numbers are kept of each file: a
 * million on either side fit beside an image in a heap of 256 MB.
 */
final class FileComparison {
    private static final int SHOWN = 100;
    private static final int SHOWN_MOVES = 50;

    private final FileKeys old = new FileKeys();
    private final BitSet stayed = new BitSet();
    private final BitSet movedAway = new BitSet();
    /** Of all files afterwards, those whose path was not there before. */
    private final BitSet isNew = new BitSet();
    /** Only those. */
    private final FileKeys came = new FileKeys();

    private final BitSet movedHere = new BitSet();
    private final Largest<Move> moves = new Largest<>(SHOWN_MOVES, Move::bytes, Move::order);
    private final Map<Integer, String> sources = new HashMap<>();
    private final Map<Integer, Move> targets = new HashMap<>();
    private final Largest<FileGrowth> moved = new Largest<>(SHOWN_MOVES, FileGrowth::afterBytes, FileGrowth::path);
    private final Largest<FileGrowth> files = new Largest<>(SHOWN, FileGrowth::bytes, FileGrowth::path);
    private final DirectorySums directories = new DirectorySums();
    private final long[] bytes = new long[Kind.values().length];
    private final long[] counts = new long[Kind.values().length];
    private int ordinal;
    private int newOrdinal;

    /** A file of the old image that is a new one of the other. */
    private record Move(int from, int to, Kind kind, long bytes) {
        String order() {
            return String.format("%010d", to);
        }
    }

    FileComparison(Snapshot before, Snapshot after) throws BitnetException {
        KeyTable paths = new KeyTable(1 << 10);
        before.files(file -> {
            paths.add(FileKeys.hash(file.path()), old.size());
            old.add(file);
        });
        after.files(file -> meet(file, paths.first(FileKeys.hash(file.path()))));
        match(Kind.MOVED, old::content, came::content);
        match(Kind.MOVED_BY_NAME, old::name, came::name);
        for (Move move : moves.list()) {
            sources.put(move.from(), "");
            targets.put(move.to(), move);
        }
        ordinal = 0;
        before.files(this::leave);
        ordinal = 0;
        after.files(this::arrive);
    }

    private void meet(FileSize file, int before) {
        if (before < 0 || stayed.get(before)) {
            isNew.set(ordinal);
            came.add(file);
        } else {
            stayed.set(before);
            if (old.bytes(before) != file.bytes()) {
                change(file, Kind.RESIZED, old.bytes(before), file.bytes());
            }
        }
        ordinal++;
    }

    /** Pairs files that are gone with new ones, each once. */
    private void match(Kind kind, IntToLongFunction oldKey, IntToLongFunction newKey) {
        KeyTable gone = new KeyTable(1 << 10);
        for (int i = 0; i < old.size(); i++) {
            if (!stayed.get(i) && !movedAway.get(i) && old.bytes(i) > 0 && oldKey.applyAsLong(i) != 0) {
                gone.add(oldKey.applyAsLong(i), i);
            }
        }
        for (int i = 0; i < came.size(); i++) {
            if (movedHere.get(i) || came.bytes(i) == 0 || newKey.applyAsLong(i) == 0) {
                continue;
            }
            int from = gone.take(newKey.applyAsLong(i));
            if (from >= 0 && !isKnownToDiffer(kind, from, i)) {
                movedAway.set(from);
                movedHere.set(i);
                bytes[kind.ordinal()] += came.bytes(i);
                counts[kind.ordinal()]++;
                if (moves.mayKeep(came.bytes(i))) {
                    moves.add(new Move(from, i, kind, came.bytes(i)));
                }
            }
        }
    }

    /** A name is no proof against contents that were read. */
    private boolean isKnownToDiffer(Kind kind, int before, int after) {
        return kind == Kind.MOVED_BY_NAME && old.content(before) != 0 && came.content(after) != 0;
    }

    private void leave(FileSize file) {
        int i = ordinal++;
        if (stayed.get(i)) {
            return;
        }
        if (!movedAway.get(i)) {
            change(file, Kind.REMOVED, file.bytes(), 0);
        } else if (sources.containsKey(i)) {
            sources.put(i, file.path());
        }
    }

    private void arrive(FileSize file) {
        if (!isNew.get(ordinal++)) {
            return;
        }
        int i = newOrdinal++;
        if (!movedHere.get(i)) {
            change(file, Kind.ADDED, 0, file.bytes());
            return;
        }
        Move move = targets.get(i);
        if (move != null) {
            moved.add(new FileGrowth(
                    file.path(), move.kind(), file.bytes(), file.bytes(), file.component(), sources.get(move.from())));
        }
    }

    private void change(FileSize file, Kind kind, long before, long after) {
        bytes[kind.ordinal()] += after - before;
        counts[kind.ordinal()]++;
        if (before != after) {
            directories.add(file.path(), before, after);
            if (files.mayKeep(after - before)) {
                files.add(new FileGrowth(file.path(), kind, before, after, file.component(), null));
            }
        }
    }

    List<FileGrowth> files() {
        return files.list();
    }

    List<FileGrowth> moved() {
        return moved.list();
    }

    List<NamedGrowth> directories() {
        return directories.list();
    }

    FileTotals totals() {
        return new FileTotals(
                true,
                bytes(Kind.ADDED),
                count(Kind.ADDED),
                -bytes(Kind.REMOVED),
                count(Kind.REMOVED),
                bytes(Kind.RESIZED),
                count(Kind.RESIZED),
                bytes(Kind.MOVED) + bytes(Kind.MOVED_BY_NAME),
                count(Kind.MOVED) + count(Kind.MOVED_BY_NAME));
    }

    private long bytes(Kind kind) {
        return bytes[kind.ordinal()];
    }

    private long count(Kind kind) {
        return counts[kind.ordinal()];
    }
}
