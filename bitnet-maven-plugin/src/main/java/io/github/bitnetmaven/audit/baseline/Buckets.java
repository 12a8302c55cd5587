package io.github.bitnetmaven.audit.baseline;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.growth.Snapshot;
import io.github.bitnetmaven.audit.growth.Snapshot.FileSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sums up the files of an image as a baseline does: a file that the baseline has one by one is kept so, and one that is
 * larger than its smallest; the others go into the deepest directory of the baseline that holds them.
 */
final class Buckets {
    /** What is in no directory of the baseline. */
    static final String ROOT = "/";

    private static final String MIXED = "";

    private final Set<String> files = new HashSet<>();
    private final Map<String, Long> directories = new HashMap<>();
    private final long smallest;
    private final List<FileSize> kept = new ArrayList<>();

    /**
     * @param baseline paths that end with a slash are directories
     */
    Buckets(List<FileSize> baseline) {
        long least = Long.MAX_VALUE;
        for (FileSize file : baseline) {
            if (file.path().endsWith("/")) {
                directories.put(file.path(), 0L);
            } else {
                files.add(file.path());
                least = Math.min(least, file.bytes());
            }
        }
        // Without a sum every file is there, however small.
        smallest = directories.isEmpty() ? 0 : least;
    }

    /** Sorted by path. */
    List<FileSize> fill(Snapshot image) throws BitnetException {
        image.files(this::add);
        directories.forEach((path, bytes) -> {
            if (bytes > 0) {
                kept.add(new FileSize(path, bytes, MIXED, null));
            }
        });
        kept.sort(Comparator.comparing(FileSize::path));
        return kept;
    }

    private void add(FileSize file) {
        if (file.bytes() == 0) {
            return;
        }
        if (file.bytes() > smallest || files.contains(file.path())) {
            kept.add(file);
            return;
        }
        String path = file.path();
        for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            String directory = path.substring(0, slash + 1);
            if (directories.containsKey(directory)) {
                directories.merge(directory, file.bytes(), Long::sum);
                return;
            }
        }
        directories.merge(ROOT, file.bytes(), Long::sum);
    }
}
