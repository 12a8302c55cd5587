package io.github.bitnetmaven.report.trend;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.audit.history.HistoryEntry;
import io.github.bitnetmaven.audit.history.Window;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.audit.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of an image over time, up to an audit.
 *
 * @param points oldest first; the last one is the audit itself
 * @param older how many earlier ones are left out, since a picture has an end
 * @param others how many are left out since their base image is known and this one's is not, or the other way round
 * @param knowsBase whether the base image is known, and not counted as its own
 * @param ceiling up to where it may grow; null when no budget looks back
 */
public record Trend(List<Point> points, int older, int others, boolean knowsBase, @Nullable Ceiling ceiling) {
    private static final int MAXIMUM = 200;

    /** What is drawn. */
    public enum Series {
        /** Above the base image, without models. */
        OWN(Point::ownBytes),
        MODEL(Point::modelBytes),
        /** All layers. */
        IMAGE(Point::imageBytes);

        private final ToLongFunction<Point> bytes;

        Series(ToLongFunction<Point> bytes) {
            this.bytes = bytes;
        }

        public long bytes(Point point) {
            return bytes.applyAsLong(point);
        }
    }

    /**
     * An audit.
     *
     * @param revision not safe to print; null for an audit that is not recorded
     * @param time of the revision; null for an audit that is not recorded
     */
    public record Point(
            @Nullable String revision,
            @Nullable Instant time,
            Outcome outcome,
            long ownBytes,
            long modelBytes,
            long imageBytes) {
        private static Point of(HistoryEntry entry) {
            return new Point(
                    entry.revision(),
                    entry.time(),
                    entry.outcome(),
                    entry.ownBytes(),
                    entry.sizes().modelBytes(),
                    entry.sizes().unpackedBytes());
        }
    }

    /**
     * What a budget allows.
     *
     * @param series the one that comes closest to its limit, or passes it
     * @param limit as written, such as {@code 2%}
     * @param from the first point in the window
     */
    public record Ceiling(Series series, long bytes, String limit, int window, int from) {}

    public Trend {
        points = List.copyOf(points);
    }

    /** The trend up to an audit; null when nothing came before, or the audit could not be done. */
    public static @Nullable Trend of(RecordedAudit audit, History history) {
        Sizes sizes = audit.sizes();
        if (sizes == null) {
            return null;
        }
        List<HistoryEntry> entries = history.of(audit.image().name(), audit.image().platform()).entries();
        long base = audit.layers().stream()
                .filter(RecordedLayer::base)
                .mapToLong(layer -> layer.unpackedBytes() - layer.modelBytes())
                .sum();
        int recorded = -1;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).sizes().equals(sizes) && Objects.equals(entries.get(i).id(), audit.image().id())) {
                recorded = i;
            }
        }
        // What counts as our own depends on whether the base image is known.
        List<HistoryEntry> upTo = recorded < 0 ? entries : entries.subList(0, recorded + 1);
        List<Point> points = new ArrayList<>(upTo.stream()
                .filter(entry -> entry.baseBytes() > 0 == base > 0)
                .map(Point::of)
                .toList());
        int others = upTo.size() - points.size();
        if (recorded < 0) {
            long own = sizes.withoutModelBytes() - base;
            points.add(new Point(null, null, audit.outcome(), own, sizes.modelBytes(), sizes.unpackedBytes()));
        }
        if (points.size() < 2) {
            return null;
        }
        int older = Math.max(0, points.size() - MAXIMUM);
        List<Point> shown = points.subList(older, points.size());
        return new Trend(shown, older, others, base > 0, ceiling(audit, shown));
    }

    private static @Nullable Ceiling ceiling(RecordedAudit audit, List<Point> points) {
        for (Verdict verdict : audit.verdicts()) {
            int window = Window.of(verdict).map(Window::revisions).orElse(0);
            if (window == 0 || verdict.limitValue() == 0) {
                continue;
            }
            for (Series series : Series.values()) {
                if (series.bytes(points.get(points.size() - 1)) == verdict.actualValue()) {
                    return new Ceiling(series, verdict.limitValue(), verdict.limit(), window, from(points, window));
                }
            }
        }
        return null;
    }

    /** Of the points before the last one, the first whose revision is in the window. */
    private static int from(List<Point> points, int window) {
        Set<String> seen = new HashSet<>();
        int from = points.size() - 1;
        while (from > 0) {
            String revision = String.valueOf(points.get(from - 1).revision());
            if (!seen.contains(revision) && seen.size() == window) {
                break;
            }
            seen.add(revision);
            from--;
        }
        return from;
    }

    /** How many revisions are shown. */
    public int revisions() {
        return (int) points.stream().map(point -> String.valueOf(point.revision())).distinct().count();
    }

    public Point first() {
        return points.get(0);
    }

    public Point last() {
        return points.get(points.size() - 1);
    }
}
