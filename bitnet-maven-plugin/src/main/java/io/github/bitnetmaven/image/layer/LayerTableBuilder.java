package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.image.ContentObserver;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.ImageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the entries of a layer in the order of its archive, then settles what an engine that unpacks them in that
 * order is left with: the last of several entries of one path, nothing of a directory that a file later replaced, and
 * for hard links the content that their target had when they were made.
 */
public final class LayerTableBuilder {
    private static final EntryType[] TYPES = EntryType.values();
    private static final int DIGEST_BYTES = 32;

    private final ByteArena arena = new ByteArena();
    private int[] addresses = new int[16];
    private char[] lengths = new char[16];
    private byte[] types = new byte[16];
    private char[] modes = new char[16];
    private long[] values = new long[16];
    private int size;
    private long factCharacters;
    private final Map<String, Map<Integer, String>> factsBySlot = new HashMap<>();
    private final BitSet hidden = new BitSet();

    /** Adds an entry that is no link. The path is normalized already. */
    public void add(EntryType type, byte[] path, int length, long bytes, int mode) throws ImageException {
        add(type, path, length, bytes, mode, new byte[0], 0, 0);
    }

    /** As above, with names as text. */
    public void add(EntryType type, String path, long bytes, int mode) throws ImageException {
        byte[] encoded = path.getBytes(StandardCharsets.UTF_8);
        add(type, encoded, encoded.length, bytes, mode);
    }

    /** Adds a regular file whose content was read. */
    void addFile(byte[] path, int length, long bytes, int mode, byte[] digest) throws ImageException {
        add(EntryType.FILE, path, length, bytes, mode, digest, 0, digest.length);
        types[size - 1] |= LayerTable.DIGEST_FLAG;
    }

    /** Adds a symbolic or hard link; the target of a hard link is normalized already. */
    public void addLink(EntryType type, byte[] path, int length, byte[] target, int targetLength, int mode)
            throws ImageException {
        byte[] record = new byte[targetLength + 2];
        record[0] = (byte) (targetLength >>> 8);
        record[1] = (byte) targetLength;
        System.arraycopy(target, 0, record, 2, targetLength);
        add(type, path, length, type == EntryType.SYMLINK ? targetLength : 0, mode, record, 0, record.length);
    }

    /** As above, with names as text. */
    public void addLink(EntryType type, String path, String target, int mode) throws ImageException {
        byte[] encoded = path.getBytes(StandardCharsets.UTF_8);
        byte[] encodedTarget = target.getBytes(StandardCharsets.UTF_8);
        addLink(type, encoded, encoded.length, encodedTarget, encodedTarget.length, mode);
    }

    /** Lets the entry added last, a file of {@code .wh..wh.plnk}, only lend its content to hard links. */
    void hide() {
        hidden.set(size - 1);
    }

    /** Keeps what an observer found out about the entry added last. */
    void addFact(String observer, String fact) throws ImageException {
        factCharacters += fact.length();
        if (factCharacters > ContentObserver.MAXIMUM_CHARACTERS) {
            throw new ImageException("The layer has more package lists and programs than memory is kept for ("
                    + ContentObserver.MAXIMUM_CHARACTERS + " characters of facts); it cannot be audited.");
        }
        factsBySlot.computeIfAbsent(observer, id -> new HashMap<>()).put(size - 1, fact);
    }

    private void add(
            EntryType type, byte[] path, int length, long bytes, int mode, byte[] extra, int extraAt, int extraLength)
            throws ImageException {
        if (size == addresses.length) {
            grow();
        }
        int address = arena.reserve(length + extraLength);
        arena.put(address, path, 0, length);
        arena.put(address + length, extra, extraAt, extraLength);
        addresses[size] = address;
        lengths[size] = (char) length;
        types[size] = (byte) type.ordinal();
        modes[size] = (char) mode;
        values[size] = bytes;
        size++;
    }

    private void grow() {
        int larger = Math.addExact(size, Math.max(16, size >> 1));
        addresses = Arrays.copyOf(addresses, larger);
        lengths = Arrays.copyOf(lengths, larger);
        types = Arrays.copyOf(types, larger);
        modes = Arrays.copyOf(modes, larger);
        values = Arrays.copyOf(values, larger);
    }

    /** Settles the entries; the builder is used up. */
    public LayerTable build() throws ImageException {
        int[] order = IndexSort.sort(size, this::compare);
        boolean[] dead = superseded(order);
        resolveHardLinks(order, dead);
        int live = 0;
        int[] entryOfSlot = new int[size];
        for (int slot : order) {
            if (!dead[slot]) {
                entryOfSlot[slot] = live;
                order[live++] = slot;
            }
        }
        int[] sortedAddresses = new int[live];
        char[] sortedLengths = new char[live];
        byte[] sortedTypes = new byte[live];
        char[] sortedModes = new char[live];
        long[] sortedValues = new long[live];
        long total = 0;
        for (int entry = 0; entry < live; entry++) {
            int slot = order[entry];
            sortedAddresses[entry] = addresses[slot];
            sortedLengths[entry] = lengths[slot];
            sortedTypes[entry] = types[slot];
            sortedModes[entry] = modes[slot];
            boolean toThisLayer = type(slot) == EntryType.HARDLINK && values[slot] >= 0;
            sortedValues[entry] = toThisLayer ? entryOfSlot[(int) values[slot]] : values[slot];
            total += type(slot) == EntryType.HARDLINK ? 0 : values[slot];
            if (total < 0) {
                throw new ImageException("The files of a layer claim more bytes than a 64-bit number can hold.");
            }
        }
        arena.trim();
        return new LayerTable(
                new LayerTable.Columns(
                        arena, sortedAddresses, sortedLengths, sortedTypes, sortedModes, sortedValues, live),
                factsByEntry(dead, entryOfSlot));
    }

    private Map<String, Map<Integer, String>> factsByEntry(boolean[] dead, int[] entryOfSlot) {
        Map<String, Map<Integer, String>> facts = new TreeMap<>();
        factsBySlot.forEach((observer, bySlot) -> {
            Map<Integer, String> byEntry = new TreeMap<>();
            bySlot.forEach((slot, fact) -> {
                if (!dead[slot]) {
                    byEntry.put(entryOfSlot[slot], fact);
                }
            });
            facts.put(observer, byEntry);
        });
        return facts;
    }

    /** Marks what later entries of the archive replaced. */
    private boolean[] superseded(int[] order) throws ImageException {
        boolean[] dead = new boolean[size];
        // Paths on the way down from the root at which the archive has, or had, something that is no directory.
        List<Replaced> above = new ArrayList<>();
        int at = 0;
        while (at < order.length) {
            at = supersede(order, at, above, dead);
        }
        hidden.stream().forEach(slot -> dead[slot] = true);
        return dead;
    }

    /** Settles one path; returns where the next one begins. */
    private int supersede(int[] order, int at, List<Replaced> above, boolean[] dead) throws ImageException {
        int end = at + 1;
        while (end < order.length && samePlace(order[at], order[end])) {
            dead[order[end - 1]] = true;
            end++;
        }
        int last = order[end - 1];
        while (!above.isEmpty() && !isWithin(last, above.get(above.size() - 1).slot)) {
            above.remove(above.size() - 1);
        }
        for (Replaced replaced : above) {
            if (!isReal(last)) {
                // Marks are about the layers below, whatever happens to their directory in this one.
                break;
            }
            if (last < replaced.lastAdded) {
                dead[last] = true;
            } else if (!dead[replaced.slot] && !isDirectoryOrLink(replaced.slot)) {
                throw new ImageException("The layer has '" + path(replaced.slot) + "', which is no directory, and '"
                        + path(last) + "' in it; no engine can unpack that.");
            }
        }
        Replaced replaced = replaced(order, at, end);
        if (replaced != null) {
            above.add(replaced);
        }
        return end;
    }

    /**
     * @param slot the entry that the path has in the end
     * @param lastAdded the last entry of this path that replaced a directory with all its content
     */
    private record Replaced(int slot, int lastAdded) {}

    private @Nullable Replaced replaced(int[] order, int at, int end) {
        for (int i = end - 1; i >= at; i--) {
            if (isReal(order[i]) && type(order[i]) != EntryType.DIRECTORY) {
                return new Replaced(order[end - 1], order[i]);
            }
        }
        return null;
    }

    /** Puts into a hard link's value the slot of its content, or {@link LayerTable#IN_LOWER_LAYER}. */
    private void resolveHardLinks(int[] order, boolean[] dead) throws ImageException {
        for (int slot = 0; slot < size; slot++) {
            if (type(slot) == EntryType.HARDLINK) {
                int target = target(order, slot);
                boolean link = target >= 0 && type(target) == EntryType.HARDLINK;
                values[slot] = link ? values[target] : target;
                if (link && values[target] == LayerTable.IN_LOWER_LAYER) {
                    linkLike(slot, target);
                }
            }
        }
        for (int slot : order) {
            if (type(slot) != EntryType.HARDLINK || dead[slot] || values[slot] == LayerTable.IN_LOWER_LAYER) {
                continue;
            }
            int content = (int) values[slot];
            if (type(content) == EntryType.HARDLINK) {
                // Its content has moved to a link that came before this one.
                values[slot] = values[content];
            } else if (dead[content]) {
                inherit(slot, content);
            }
        }
    }

    /** The first link that is left takes the place of a file whose own name is gone; the others then point to it. */
    private void inherit(int slot, int content) throws ImageException {
        int keep = lengths[slot];
        byte[] chunk = arena.chunk(addresses[content]);
        int extraAt = ByteArena.offset(addresses[content]) + lengths[content];
        int extra = 0;
        if ((types[content] & LayerTable.DIGEST_FLAG) != 0) {
            extra = DIGEST_BYTES;
        } else if (type(content) == EntryType.SYMLINK) {
            extra = 2 + ((chunk[extraAt] & 0xff) << 8 | chunk[extraAt + 1] & 0xff);
        }
        byte[] record = new byte[keep + extra];
        System.arraycopy(arena.chunk(addresses[slot]), ByteArena.offset(addresses[slot]), record, 0, keep);
        System.arraycopy(chunk, extraAt, record, keep, extra);
        int address = arena.reserve(record.length);
        arena.put(address, record, 0, record.length);
        addresses[slot] = address;
        types[slot] = types[content];
        modes[slot] = modes[content];
        values[slot] = values[content];
        factsBySlot.values().forEach(bySlot -> {
            String fact = bySlot.get(content);
            if (fact != null) {
                bySlot.put(slot, fact);
            }
        });
        types[content] = (byte) EntryType.HARDLINK.ordinal();
        values[content] = slot;
    }

    /** Lets a link lead where the other link leads. */
    private void linkLike(int slot, int other) throws ImageException {
        int path = lengths[slot];
        byte[] chunk = arena.chunk(addresses[other]);
        int linkAt = ByteArena.offset(addresses[other]) + lengths[other];
        int link = 2 + ((chunk[linkAt] & 0xff) << 8 | chunk[linkAt + 1] & 0xff);
        int address = arena.reserve(path + link);
        arena.put(address, arena.chunk(addresses[slot]), ByteArena.offset(addresses[slot]), path);
        arena.put(address + path, chunk, linkAt, link);
        addresses[slot] = address;
    }

    /** The slot of a link's target when the link was made, or {@link LayerTable#IN_LOWER_LAYER}. */
    private int target(int[] order, int link) throws ImageException {
        int address = addresses[link];
        byte[] chunk = arena.chunk(address);
        int at = ByteArena.offset(address) + lengths[link] + 2;
        int length = (chunk[at - 2] & 0xff) << 8 | chunk[at - 1] & 0xff;
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (compare(order[middle], chunk, at, length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int target = LayerTable.IN_LOWER_LAYER;
        for (int i = low; i < order.length && compare(order[i], chunk, at, length) == 0; i++) {
            if (isReal(order[i]) && order[i] < link) {
                target = order[i];
            }
        }
        if (target >= 0 && type(target) == EntryType.DIRECTORY) {
            throw new ImageException("The layer has a hard link '" + path(link) + "' to the directory '" + path(target)
                    + "'; no engine can unpack that.");
        }
        return target;
    }

    private EntryType type(int slot) {
        return TYPES[types[slot] & ~LayerTable.DIGEST_FLAG];
    }

    private boolean isDirectoryOrLink(int slot) {
        return type(slot) == EntryType.DIRECTORY || type(slot) == EntryType.SYMLINK;
    }

    private boolean isReal(int slot) {
        return rank(slot) == 2;
    }

    private int rank(int slot) {
        return switch (type(slot)) {
            case WHITEOUT -> 0;
            case OPAQUE -> 1;
            default -> 2;
        };
    }

    private String path(int slot) {
        return EntryPath.text(arena.chunk(addresses[slot]), ByteArena.offset(addresses[slot]), lengths[slot]);
    }

    private int compare(int a, int b) {
        int byPath = compare(a, arena.chunk(addresses[b]), ByteArena.offset(addresses[b]), lengths[b]);
        return byPath != 0 ? byPath : rank(a) - rank(b);
    }

    private int compare(int slot, byte[] path, int at, int length) {
        int address = addresses[slot];
        return EntryPath.compareTree(
                arena.chunk(address), ByteArena.offset(address), lengths[slot], path, at, length);
    }

    private boolean samePlace(int a, int b) {
        return compare(a, b) == 0;
    }

    private boolean isWithin(int slot, int directory) {
        return EntryPath.isWithin(
                arena.chunk(addresses[slot]),
                ByteArena.offset(addresses[slot]),
                lengths[slot],
                arena.chunk(addresses[directory]),
                ByteArena.offset(addresses[directory]),
                lengths[directory]);
    }
}
