package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.audit.history.HistoryEntry;
import io.github.bitnetmaven.audit.history.Window;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.GrowthTerms;
import io.github.bitnetmaven.configuration.GrowthTerms.Counted;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * {@code <growth><window>}: growth against the smallest of the last audits, so that many small steps do not pass where a
 * large one does not.
 */
record DriftBudget(GrowthTerms growthTerms) implements Budget {
    @Override
    public BudgetTerms terms() {
        return growthTerms.terms();
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Measurement measurement = evidence.measurement();
        Image image = measurement.image();
        History history = evidence.history().of(image.name(), image.configuration().platform());
        long base = image.layers().stream()
                .filter(Layer::base)
                .mapToLong(layer -> layer.unpackedBytes() - measurement.modelBytes(layer.index()))
                .sum();
        // What counts as our own depends on whether the base image is known.
        List<HistoryEntry> comparable = history.newest(growthTerms.window()).stream()
                .filter(entry -> growthTerms.counted() == Counted.IMAGE || (entry.baseBytes() > 0) == (base > 0))
                .toList();
        String subject = new Window(growthTerms.window()).subject();
        if (comparable.isEmpty()) {
            return new GrownPart(growthTerms, "", 0, 0)
                    .verdict(subject, "The history has no audit of " + measurement.name()
                            + " yet that it could be compared with, so its budget growth holds nothing against it.");
        }
        List<Smallest> all = new ArrayList<>();
        if (growthTerms.counted() == Counted.IMAGE) {
            all.add(smallest(comparable, "in all layers", entry -> entry.sizes().unpackedBytes(),
                    measurement.sizes().unpackedBytes()));
        } else {
            String own = base > 0 ? "of its own, without base image and model" : "without its model";
            all.add(smallest(comparable, own, HistoryEntry::ownBytes, measurement.sizes().withoutModelBytes() - base));
            if (measurement.sizes().modelBytes() > 0) {
                all.add(smallest(comparable, "of models", entry -> entry.sizes().modelBytes(),
                        measurement.sizes().modelBytes()));
            }
        }
        Smallest worst = all.stream().max(Comparator.comparingLong(each -> each.part().over())).orElseThrow();
        String message = worst.part().sentence(
                "The image " + measurement.name(),
                "of revision " + worst.entry().shortRevision() + ", the smallest of the " + subject);
        return worst.part().verdict(subject, message + ByteLimit.reason(terms(), worst.part().kept()));
    }

    private record Smallest(GrownPart part, HistoryEntry entry) {}

    private Smallest smallest(List<HistoryEntry> entries, String what, ToLongFunction<HistoryEntry> bytes, long now) {
        HistoryEntry least = entries.stream().min(Comparator.comparingLong(bytes)).orElseThrow();
        return new Smallest(new GrownPart(growthTerms, what, bytes.applyAsLong(least), now), least);
    }
}
