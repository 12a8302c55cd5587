package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.audit.growth.Snapshot.FileSize;
import java.util.Arrays;

/** Numbers that stand for files, so that a million of them need some ten bytes each and not their paths. */
final class FileKeys {
    private static final int FIRST = 1 << 10;

    private long[] names = new long[FIRST];
    private long[] bytes = new long[FIRST];
    /** Only where contents were read. */
    private long[] contents = new long[0];

    private int size;

    int size() {
        return size;
    }

    void add(FileSize file) {
        if (size == names.length) {
            int more = size + (size >> 1);
            names = Arrays.copyOf(names, more);
            bytes = Arrays.copyOf(bytes, more);
        }
        String path = file.path();
        names[size] = keyed(file.bytes(), path.substring(path.lastIndexOf('/') + 1));
        bytes[size] = file.bytes();
        if (file.digest() != null) {
            if (contents.length <= size) {
                contents = Arrays.copyOf(contents, names.length);
            }
            contents[size] = keyed(file.bytes(), file.digest());
        }
        size++;
    }

    long bytes(int file) {
        return bytes[file];
    }

    /** Of name without directory, and size. */
    long name(int file) {
        return names[file];
    }

    /** Of content and size; 0 when the content was not read. */
    long content(int file) {
        return file < contents.length ? contents[file] : 0;
    }

    private static long keyed(long size, String text) {
        return mixed(hash(text) ^ mixed(size));
    }

    /** Never 0. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** The end of MurmurHash3, so that all bits count. */
    private static long mixed(long value) {
        long mixed = value;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        mixed ^= mixed >>> 33;
        return mixed == 0 ? 1 : mixed;
    }
}
