package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.audit.growth.Growth.NamedGrowth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bytes that came and went, by directory. Deep ones count for the one three levels below the root. */
final class DirectorySums {
    private static final int DEPTH = 3;
    private static final int MOST = 50_000;
    private static final int SHOWN = 30;
    /** Where there are too many to tell them apart. */
    private static final String ELSEWHERE = "(elsewhere)";

    private final Map<String, long[]> sums = new HashMap<>();

    void add(String path, long before, long after) {
        String directory = directory(path);
        long[] sum = sums.get(directory);
        if (sum == null) {
            sum = sums.computeIfAbsent(sums.size() < MOST ? directory : ELSEWHERE, name -> new long[2]);
        }
        sum[0] += before;
        sum[1] += after;
    }

    private static String directory(String path) {
        int end = 0;
        for (int level = 0; level < DEPTH; level++) {
            int slash = path.indexOf('/', end);
            if (slash < 0) {
                break;
            }
            end = slash + 1;
        }
        return path.substring(0, end);
    }

    /** Largest change first. */
    List<NamedGrowth> list() {
        Largest<NamedGrowth> largest = new Largest<>(SHOWN, NamedGrowth::bytes, NamedGrowth::name);
        sums.forEach((name, sum) -> largest.add(new NamedGrowth(name, sum[0], sum[1])));
        return largest.list();
    }
}
