package io.github.bitnetmaven.image;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a fact out of the contents of chosen files while a layer goes by, once. Findings and components read ELF files
 * so. A fact depends on the file alone, not on the image or the layer's place in it: {@link EntryTable#fact} tells it
 * afterwards, also when the layer came from the cache of layers and its contents were not read again.
 *
 * <p>Layers may be read beside each other: an observer is called from several threads at once, so it keeps nothing.
 */
public interface ContentObserver {
    /** Name and version, such as {@code elf-1}: a fact is kept under it, so what changes the facts changes the id. */
    String id();

    /** Whether {@link #observe} shall be called for this regular file. Sparse files are not asked about. */
    boolean wants(String path, long bytes, int mode);

    /**
     * Reads the fact.
     *
     * @param content need not be read to its end, and must not be kept; when several observers want a file, the first
     *     in {@link ReadOptions#observers} gets it
     * @return null when there is nothing to tell; {@link #MAXIMUM_CHARACTERS} bound all facts of a layer together
     */
    @Nullable String observe(String path, long bytes, int mode, InputStream content) throws IOException;

    /**
     * The observer to ask where contents can be skipped by seeking: one that reads less. It has another id where its
     * facts differ.
     */
    default ContentObserver whereContentsCanBeSkipped() {
        return this;
    }

    /** A layer with more facts than this is refused: it was made to fill the memory. */
    int MAXIMUM_CHARACTERS = 1 << 26;
}
