package io.github.bitnetmaven.audit.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /etc/ld.so.cache}, where glibc's loader looks libraries up that are in no default directory. Its strings
 * end with a 0 (glibc, {@code sysdeps/generic/dl-cache.h}); those that begin with a slash are the libraries.
 */
final class LinkerCacheReader implements ContentReader {
    static final String PATH = "etc/ld.so.cache";
    private static final long MAXIMUM_BYTES = 1 << 23;

    @Override
    public boolean wants(String path, long bytes, int mode) {
        return bytes <= MAXIMUM_BYTES && path.equals(PATH);
    }

    @Override
    public @Nullable String read(InputStream content) throws IOException {
        byte[] cache = content.readNBytes((int) MAXIMUM_BYTES);
        PathList.Encoder paths = new PathList.Encoder();
        int start = 0;
        for (int i = 0; i < cache.length; i++) {
            if (cache[i] == 0) {
                if (i > start + 1 && cache[start] == '/') {
                    paths.add(new String(cache, start + 1, i - start - 1, StandardCharsets.UTF_8));
                }
                start = i + 1;
            }
        }
        return paths.encoded();
    }
}
