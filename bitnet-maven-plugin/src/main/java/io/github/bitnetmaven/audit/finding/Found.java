package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.configuration.ByteSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums up what one rule finds, by layer and place. Memory is bounded; what is too small for a line is summed up, too. */
final class Found {
    /** Findings of one rule; all others of it make one more. */
    static final int SHOWN = 10;

    private static final int KEPT = 4_096;

    private static final Comparator<Finding> LARGEST_FIRST = Comparator.comparingLong(Finding::bytes)
            .reversed()
            .thenComparing(Finding::path)
            .thenComparingInt(Finding::layer);

    private final Rule rule;
    private final Map<Key, Sum> sums = new HashMap<>();
    private long otherBytes;
    private long otherPlaces;

    private record Key(int layer, String group) {}

    private static final class Sum {
        private final String advice;
        private String path;
        private long largest;
        private long bytes;

        Sum(String path, String advice) {
            this.path = path;
            this.advice = advice;
        }
    }

    Found(Rule rule) {
        this.rule = rule;
    }

    /**
     * Adds bytes.
     *
     * @param layer that brings them; -1 for the image as a whole
     * @param path relative and normalized; empty for the image as a whole
     * @param advice one whole sentence, safe to print; the first for a place counts
     */
    void add(int layer, String path, long bytes, String advice) {
        sums.computeIfAbsent(new Key(layer, path), key -> new Sum(path, advice)).bytes += bytes;
        keepBounded();
    }

    /** Adds a file that the rule has claimed. */
    void add(OwnFile file, Rule.Place place) {
        Sum sum = sums.computeIfAbsent(
                new Key(file.layer(), place.group()), key -> new Sum(file.path(), place.advice()));
        sum.bytes += file.bytes();
        if (place.path() != null) {
            sum.path = place.path();
        } else if (file.bytes() > sum.largest) {
            sum.largest = file.bytes();
            sum.path = file.path();
        }
        keepBounded();
    }

    private void keepBounded() {
        if (sums.size() <= 2 * KEPT) {
            return;
        }
        List<Map.Entry<Key, Sum>> all = new ArrayList<>(sums.entrySet());
        all.sort(Comparator.comparingLong((Map.Entry<Key, Sum> entry) -> entry.getValue().bytes)
                .reversed()
                .thenComparing(entry -> entry.getKey().group)
                .thenComparingInt(entry -> entry.getKey().layer));
        for (Map.Entry<Key, Sum> small : all.subList(KEPT, all.size())) {
            otherBytes += small.getValue().bytes;
            otherPlaces++;
            sums.remove(small.getKey());
        }
    }

    private List<Finding> sorted() {
        List<Finding> all = new ArrayList<>();
        sums.forEach((key, sum) ->
                all.add(new Finding(rule.id(), rule.title(), sum.path, key.layer, sum.bytes, sum.advice)));
        all.sort(LARGEST_FIRST);
        return all;
    }

    /** Largest first, at most {@link #SHOWN} and one for all others. */
    List<Finding> findings() {
        List<Finding> all = sorted();
        if (all.size() <= SHOWN && otherPlaces == 0) {
            return all;
        }
        List<Finding> shown = new ArrayList<>(all.subList(0, Math.min(SHOWN, all.size())));
        long bytes = otherBytes;
        long places = otherPlaces;
        for (Finding small : all.subList(shown.size(), all.size())) {
            bytes += small.bytes();
            places++;
        }
        shown.add(new Finding(
                rule.id(),
                rule.title(),
                "",
                -1,
                bytes,
                "Do the same in " + places + " smaller places, which hold " + ByteSize.print(bytes) + " together."));
        return shown;
    }
}
