package io.github.bitnetmaven.audit.history;

import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.growth.Snapshot;
import io.github.bitnetmaven.audit.growth.Snapshot.LayerSize;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One audit: a line of the history.
 *
 * @param revision of the source, such as a git commit
 * @param time of the revision, so that an audit that is done again makes the same line
 * @param image as the user called it: not safe to print
 * @param id {@code sha256:…} of the configuration
 * @param ownBytes unpacked bytes above the base image, without models; without models only when no base is known
 * @param baseBytes unpacked bytes of the base image, without models; 0 when no base is known
 * @param components the largest, largest first
 */
public record HistoryEntry(
        String revision,
        Instant time,
        String image,
        @Nullable String id,
        @Nullable String platform,
        Outcome outcome,
        Sizes sizes,
        long ownBytes,
        long baseBytes,
        List<Component> components) {

    private static final int COMPONENTS = 12;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int DIGITS = 12;
    private static final int REVISION = 64;

    public HistoryEntry {
        components = List.copyOf(components);
    }

    /** The revision for a sentence, safe to print: of a git commit the first twelve digits. */
    public String shortRevision() {
        return COMMIT.matcher(revision).matches() ? revision.substring(0, DIGITS) : Printable.of(revision, REVISION);
    }

    public static HistoryEntry of(Snapshot image, Outcome outcome, String revision, Instant time) {
        long base = image.layers().stream()
                .filter(LayerSize::base)
                .mapToLong(layer -> layer.unpackedBytes() - layer.modelBytes())
                .sum();
        return new HistoryEntry(
                revision,
                time,
                image.image(),
                image.id(),
                image.platform(),
                outcome,
                image.sizes(),
                image.sizes().withoutModelBytes() - base,
                base,
                image.components().stream()
                        .sorted(Comparator.comparingLong(Component::bytes).reversed().thenComparing(Component::name))
                        .limit(COMPONENTS)
                        .toList());
    }
}
