package io.github.bitnetmaven.image;

/** What a tar entry of a layer is, after the whiteouts of the OCI image layer specification are told apart. */
public enum EntryType {
    FILE,
    SYMLINK,
    HARDLINK,
    DIRECTORY,
    /** Device or fifo: no bytes. */
    SPECIAL,
    /** {@code .wh.name}: removes {@code name} of the layers below; the entry's path is that of the removed file. */
    WHITEOUT,
    /** {@code .wh..wh..opq}: hides what the layers below have in this directory; the entry's path is the directory. */
    OPAQUE
}
