package io.github.bitnetmaven.audit.content;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads one kind of file while it goes by. Listed in {@link AuditObserver}. */
interface ContentReader {
    boolean wants(String path, long bytes, int mode);

    /**
     * @param content need not be read to its end
     * @return what is worth keeping; null when the file is not what its path promises
     */
    @Nullable String read(InputStream content) throws IOException;
}
