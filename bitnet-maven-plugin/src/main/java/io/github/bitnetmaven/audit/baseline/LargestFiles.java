package io.github.bitnetmaven.audit.baseline;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.growth.Snapshot;
import io.github.bitnetmaven.audit.growth.Snapshot.FileSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Chooses which files and directories of an image are worth a line in a baseline. */
final class LargestFiles {
    private static final int MOST_FILES = 200;
    private static final int MOST_DIRECTORIES = 150;
    private static final int MOST_DEEP = 8;
    /** Directories that are summed up at once; beyond it, those deeper than three are left out. */
    private static final int MANY = 50_000;

    private static final Comparator<FileSize> LARGEST_FIRST =
            Comparator.comparingLong(FileSize::bytes).reversed().thenComparing(FileSize::path);

    private final PriorityQueue<FileSize> largest = new PriorityQueue<>(LARGEST_FIRST.reversed());
    private final Map<String, Long> directories = new HashMap<>();
    private boolean someAreLeft;

    /** Sorted by path; what a path with a slash at its end holds is summed up in it. */
    static List<FileSize> of(Snapshot image) throws BitnetException {
        LargestFiles chosen = new LargestFiles();
        image.files(chosen::add);
        List<FileSize> lines = new ArrayList<>(chosen.largest);
        if (chosen.someAreLeft) {
            chosen.directories.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_DIRECTORIES)
                    .forEach(directory -> lines.add(new FileSize(directory.getKey(), 0, "", null)));
            lines.add(new FileSize(Buckets.ROOT, 0, "", null));
        }
        return new Buckets(lines).fill(image);
    }

    private void add(FileSize file) {
        if (file.bytes() == 0) {
            return;
        }
        largest.add(file);
        if (largest.size() > MOST_FILES) {
            largest.remove();
            someAreLeft = true;
        }
        String path = file.path();
        int depth = directories.size() > MANY ? 3 : MOST_DEEP;
        int slash = path.indexOf('/');
        for (int level = 0; level < depth && slash >= 0; level++) {
            directories.merge(path.substring(0, slash + 1), file.bytes(), Long::sum);
            slash = path.indexOf('/', slash + 1);
        }
    }
}
