package io.github.bitnetmaven.it;

import io.github.bitnetmaven.engine.Engine;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small build contexts for tests. */
final class TarContext {
    private TarContext() {}

    /** Executable files: name, content, name, content… */
    static Engine.ContextWriter of(String... namesAndContents) {
        return out -> {
            TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndContents[i]);
                entry.setSize(content.length);
                entry.setMode(0100755);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            tar.finish();
        };
    }
}
