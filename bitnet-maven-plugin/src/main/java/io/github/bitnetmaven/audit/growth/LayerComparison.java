package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.audit.growth.Growth.LayerGrowth;
import io.github.bitnetmaven.audit.growth.Snapshot.LayerSize;
import io.github.bitnetmaven.audit.measurement.Instruction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which layer became which: those of one content are the same, then those of one instruction, in their order. */
final class LayerComparison {
    private static final int SHOWN = 50;
    /** The classic builder writes what it copied into the history: other bytes would be another instruction. */
    private static final Pattern COPIED = Pattern.compile("\\b(file|dir|multi):[0-9a-f]{8}(?:…|[0-9a-f]{56})");

    private final List<LayerSize> before;
    private final List<LayerSize> after;
    private final @Nullable Integer[] sources;
    private final boolean[] taken;

    LayerComparison(List<LayerSize> before, List<LayerSize> after) {
        this.before = before;
        this.after = after;
        this.sources = new Integer[after.size()];
        this.taken = new boolean[before.size()];
        match(LayerSize::diffId);
        match(layer -> layer.base() + " " + instruction(layer));
    }

    private void match(Function<LayerSize, String> key) {
        Map<String, Deque<Integer>> free = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            if (!taken[i]) {
                free.computeIfAbsent(key.apply(before.get(i)), k -> new ArrayDeque<>()).add(i);
            }
        }
        for (int i = 0; i < after.size(); i++) {
            Deque<Integer> same = sources[i] == null ? free.get(key.apply(after.get(i))) : null;
            if (same != null && !same.isEmpty()) {
                sources[i] = same.remove();
                taken[sources[i]] = true;
            }
        }
    }

    private static String instruction(LayerSize layer) {
        return COPIED.matcher(Instruction.of(layer.createdBy()).text()).replaceAll("$1");
    }

    /** Those that came, went or changed their size, largest change first. */
    List<LayerGrowth> changed() {
        Largest<LayerGrowth> changed = new Largest<>(SHOWN, LayerGrowth::bytes, LayerComparison::order);
        for (int i = 0; i < after.size(); i++) {
            LayerSize layer = after.get(i);
            long was = sources[i] == null ? 0 : before.get(sources[i]).unpackedBytes();
            changed.add(new LayerGrowth(
                    sources[i], i, layer.createdBy(), layer.base(), was, layer.unpackedBytes()));
        }
        for (int i = 0; i < before.size(); i++) {
            LayerSize layer = before.get(i);
            if (!taken[i]) {
                changed.add(new LayerGrowth(i, null, layer.createdBy(), layer.base(), layer.unpackedBytes(), 0));
            }
        }
        return changed.list();
    }

    private static String order(LayerGrowth layer) {
        return String.format("%05d %05d", index(layer.afterIndex()), index(layer.beforeIndex()));
    }

    private static int index(@Nullable Integer index) {
        return index == null ? 99_999 : index;
    }
}
