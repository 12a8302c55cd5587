package io.github.bitnetmaven.image.tar;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of a PAX extended header (POSIX.1-2001): {@code "length key=value\n"}; of them those that matter here. */
final class PaxRecords {
    private final Map<String, byte[]> values = new HashMap<>();

    /** Throws {@link TarException} when a record is malformed. */
    PaxRecords(byte[] data) throws TarException {
        int at = 0;
        while (at < data.length) {
            int blank = at;
            int length = 0;
            while (blank < data.length && data[blank] >= '0' && data[blank] <= '9' && blank - at < 8) {
                length = length * 10 + data[blank++] - '0';
            }
            int end = at + length;
            if (blank == at || blank >= data.length || data[blank] != ' ' || end > data.length || end < blank + 3
                    || data[end - 1] != '\n') {
                throw new TarException("A PAX header holds a malformed record.");
            }
            int equals = blank + 1;
            while (equals < end - 1 && data[equals] != '=') {
                equals++;
            }
            if (equals == end - 1) {
                throw new TarException("A PAX header holds a record without '='.");
            }
            String key = new String(data, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
            if (isOfInterest(key)) {
                byte[] value = new byte[end - 1 - equals - 1];
                System.arraycopy(data, equals + 1, value, 0, value.length);
                values.put(key, value);
            }
            at = end;
        }
    }

    private static boolean isOfInterest(String key) {
        return key.equals("path") || key.equals("linkpath") || key.equals("size") || key.startsWith("GNU.sparse.");
    }

    /** A key that changes what an entry is or how long; in a global header readers disagree about those. */
    @Nullable String anyKey() {
        return values.keySet().stream().sorted().findFirst().orElse(null);
    }

    /** Empty when absent; an empty value means the same: the header's counts. */
    byte[] text(String key) throws TarException {
        byte[] value = values.getOrDefault(key, new byte[0]);
        for (byte b : value) {
            if (b == 0) {
                throw new TarException("The PAX record '" + key + "' holds a NUL.");
            }
        }
        return value;
    }

    /** Decimal, not negative; -1 when absent. */
    long number(String key) throws TarException {
        byte[] value = values.get(key);
        if (value == null || value.length == 0) {
            return -1;
        }
        long number = 0;
        for (byte b : value) {
            if (b < '0' || b > '9' || number > (Long.MAX_VALUE - 9) / 10) {
                throw new TarException("The PAX record '" + key + "' holds no number of at most 18 digits.");
            }
            number = number * 10 + b - '0';
        }
        return number;
    }

    /** Logical size of a sparse file in any of the three PAX forms; -1 when the file is not sparse. */
    long sparseSize() throws TarException {
        boolean sparse = values.containsKey("GNU.sparse.major")
                || values.containsKey("GNU.sparse.map")
                || values.containsKey("GNU.sparse.numblocks")
                || values.containsKey("GNU.sparse.realsize");
        if (!sparse) {
            return -1;
        }
        long size = Math.max(number("GNU.sparse.realsize"), number("GNU.sparse.size"));
        if (size < 0) {
            throw new TarException("A sparse file has no logical size.");
        }
        return size;
    }
}
