package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Layer;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** The bytes of own layers that no container sees. With no base image they are all the wasted bytes. */
final class HiddenFiles {
    private final Measurement measurement;
    private final List<BitSet> claimed;

    HiddenFiles(Measurement measurement) {
        this.measurement = measurement;
        this.claimed = measurement.image().layers().stream().map(layer -> new BitSet()).toList();
    }

    /** Those that no rule has claimed, layer by layer. */
    void forEach(Consumer<HiddenFile> consumer) {
        for (Layer layer : measurement.image().layers()) {
            EntryTable entries = layer.entries();
            for (int entry = 0; entry < entries.size() && !layer.base(); entry++) {
                if (isHidden(entries, layer.index(), entry)) {
                    consumer.accept(new HiddenFile(
                            layer.index(),
                            entry,
                            measurement.image().files().hiddenBy(layer.index(), entry),
                            entries.path(entry),
                            entries.bytes(entry)));
                }
            }
        }
    }

    private boolean isHidden(EntryTable entries, int layer, int entry) {
        boolean stored = entries.type(entry) == EntryType.FILE || entries.type(entry) == EntryType.SYMLINK;
        return stored
                && entries.bytes(entry) > 0
                && !measurement.isVisible(layer, entry)
                && !claimed.get(layer).get(entry);
    }

    void claim(HiddenFile file) {
        claimed.get(file.layer()).set(file.entry());
    }
}
