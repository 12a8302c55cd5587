package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Instruction;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.image.Layer;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The largest of the layers that a budget is about: if it keeps the limit, all do.
 *
 * @param chosen the layers that the budget is about
 */
record LargestLayer(Layer layer, List<Layer> chosen) {
    private static final int SHOWN = 80;

    /** Null when the choice takes no layer. */
    static @Nullable LargestLayer of(Measurement measurement, IntPredicate choice) {
        List<Layer> chosen = measurement.image().layers().stream()
                .filter(layer -> choice.test(layer.index()))
                .toList();
        Layer largest = null;
        for (Layer layer : chosen) {
            largest = largest == null || layer.unpackedBytes() > largest.unpackedBytes() ? layer : largest;
        }
        return largest == null ? null : new LargestLayer(largest, chosen);
    }

    /** As in {@code layer 3 (COPY model.gguf /app/models/)}. */
    String name(Measurement measurement) {
        Instruction instruction = measurement.instruction(layer.index());
        return "layer " + layer.index() + (instruction.isUnknown() ? "" : " (" + instruction.text(SHOWN) + ")");
    }

    /**
     * @param subject of the verdict
     */
    Verdict judge(ByteLimit limit, String subject, Measurement measurement) {
        return limit.judge(
                subject,
                "In " + measurement.name() + ", " + name(measurement) + " has",
                "",
                layer.unpackedBytes(),
                () -> Contributors.inLayers(measurement, (index, entry) -> isAbove(index, limit)));
    }

    private boolean isAbove(int index, ByteLimit limit) {
        return chosen.stream()
                .anyMatch(other -> other.index() == index && other.unpackedBytes() > limit.maximum().bytes());
    }
}
