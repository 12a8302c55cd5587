package io.github.bitnetmaven.audit.measurement;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of paths by their bytes in UTF-8, which differs from that of Java's strings above U+FFFF. */
final class ByteOrder {
    private ByteOrder() {}

    static int compare(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
