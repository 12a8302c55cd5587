package io.github.bitnetmaven.backend;

import java.io.IOException;
import java.io.InputStream;

/** A file of {@code src/}: what goes into images or builds them and is not Java. It travels in the plugin's jar. */
public enum BundledFile {
    COLLECT_RUNTIME("backend/collect-runtime.sh"),
    PROBE("probe/bitnet-probe.c");

    private static final String ROOT = "/io/github/bitnetmaven/image-sources/";

    private final String path;

    BundledFile(String path) {
        this.path = path;
    }

    /** Without its directory, such as {@code bitnet-probe.c}. */
    public String fileName() {
        return path.substring(path.indexOf('/') + 1);
    }

    /** Its bytes. */
    public byte[] read() {
        try (InputStream in = BundledFile.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalStateException("The plugin's jar has no " + ROOT + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("The plugin's jar cannot be read: " + e.getMessage(), e);
        }
    }
}
