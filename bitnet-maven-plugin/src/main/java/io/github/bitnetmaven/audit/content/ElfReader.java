package io.github.bitnetmaven.audit.content;

import io.github.bitnetmaven.elf.ElfFile;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads executables and libraries; one that is damaged tells nothing. */
final class ElfReader implements ContentReader {
    private static final int SMALLEST = 128;

    @Override
    public boolean wants(String path, long bytes, int mode) {
        if (bytes < SMALLEST) {
            return false;
        }
        return (mode & 0111) != 0 || path.endsWith(".so") || path.indexOf(".so.", path.lastIndexOf('/') + 1) >= 0;
    }

    @Override
    public @Nullable String read(InputStream content) throws IOException {
        return ElfFile.read(content).map(elf -> ElfFacts.of(elf).encode()).orElse(null);
    }
}
