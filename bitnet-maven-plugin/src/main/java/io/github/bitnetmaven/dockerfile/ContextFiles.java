package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.backend.SourceTree;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a build context is to hold, by path in it. */
final class ContextFiles {
    /** The packed source of the backend. */
    static final String ARCHIVE = "backend.tar.gz";

    private final SortedMap<String, byte[]> written = new TreeMap<>();
    private final SortedMap<String, Path> copied = new TreeMap<>();
    private @Nullable SourceTree source;

    /** A file that is written. */
    void add(String path, byte[] content) {
        written.put(path, content);
    }

    /** A file that is copied, with its mode. */
    void add(String path, Path file) {
        copied.put(path, file);
    }

    /** The source that is packed as {@link #ARCHIVE}. */
    void addSource(SourceTree tree) {
        source = tree;
    }

    SortedMap<String, byte[]> written() {
        return written;
    }

    SortedMap<String, Path> copied() {
        return copied;
    }

    @Nullable SourceTree source() {
        return source;
    }
}
