package io.github.bitnetmaven.image;

import java.io.IOException;
import java.io.InputStream;

/** Is shown the contents of chosen files while a layer goes by, once. Findings and components read ELF files so. */
public interface ContentObserver {
    /** Whether {@link #content} shall be called for this regular file. */
    boolean wants(int layer, String path, long bytes, int mode);

    /** The content; it need not be read to its end, and must not be kept. */
    void content(int layer, String path, InputStream content) throws IOException;
}
