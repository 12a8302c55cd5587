package io.github.bitnetmaven.image;

import org.jspecify.annotations.Nullable;

/**
 * The entries of one layer in compact form: a million of them fit into a heap of 256 MB together with the merged file
 * system. If a layer names a path twice, only the last entry is here.
 */
public interface EntryTable {
    int size();

    /** Normalized: relative, {@code /}-separated, no {@code .}, no {@code ..}, no leading or trailing slash. */
    String path(int entry);

    EntryType type(int entry);

    /** Entry bytes: a file's logical size, the length in bytes of a symbolic link's target, else 0. */
    long bytes(int entry);

    /** Permission bits, as in {@code 0755}. */
    int mode(int entry);

    /** Target of a symbolic or hard link; a hard link's is normalized like a path. */
    @Nullable String linkTarget(int entry);

    /** SHA-256 of the file's content in lower-case hexadecimal, where contents were read; else null. */
    @Nullable String contentDigest(int entry);

    /** What the {@link ContentObserver} with this id found out about the file; null when it was not asked or silent. */
    default @Nullable String fact(String observer, int entry) {
        return null;
    }
}
