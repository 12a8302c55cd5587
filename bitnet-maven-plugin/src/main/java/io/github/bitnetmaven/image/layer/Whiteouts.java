package io.github.bitnetmaven.image.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The names that mark removals (OCI image specification, layer.md, "Whiteouts"). */
final class Whiteouts {
    static final byte[] PREFIX = ".wh.".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPAQUE = ".wh..wh..opq".getBytes(StandardCharsets.US_ASCII);
    /** What aufs kept for itself, such as {@code .wh..wh.plnk}. */
    private static final byte[] METADATA = ".wh..wh.".getBytes(StandardCharsets.US_ASCII);

    private Whiteouts() {}

    static boolean isWhiteout(byte[] name, int at, int length) {
        return startsWith(name, at, length, PREFIX);
    }

    static boolean isOpaque(byte[] name, int at, int length) {
        return length == OPAQUE.length && startsWith(name, at, length, OPAQUE);
    }

    /** Whether a component of the path is a name of aufs's own, which is no content of the image. */
    static boolean isMetadata(byte[] path, int at, int length) {
        int start = at;
        for (int i = at; i <= at + length; i++) {
            if (i == at + length || path[i] == '/') {
                if (startsWith(path, start, i - start, METADATA) && !isOpaque(path, start, i - start)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] name, int at, int length, byte[] prefix) {
        return length >= prefix.length
                && Arrays.equals(name, at, at + prefix.length, prefix, 0, prefix.length);
    }
}
