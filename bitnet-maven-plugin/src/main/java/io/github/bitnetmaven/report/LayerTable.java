package io.github.bitnetmaven.report;

import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.measurement.Instruction;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.report.Style.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The layers as bars, the largest one full. Of very many layers only the largest are shown, in their order. */
final class LayerTable {
    private static final int MAX_SHOWN = 30;

    private final Audit audit;
    private final Style style;
    private final int bar;

    LayerTable(Audit audit, Style style) {
        this.audit = audit;
        this.style = style;
        this.bar = style.width() >= 90 ? 24 : 12;
    }

    List<String> lines() {
        List<Layer> layers = audit.image().layers();
        List<String> lines = new ArrayList<>();
        lines.add(style.paint(Tone.BOLD, "Layers"));
        List<Layer> bySize = layers.stream()
                .sorted(Comparator.comparingLong(Layer::unpackedBytes).reversed().thenComparingInt(Layer::index))
                .toList();
        Set<Integer> shown =
                bySize.stream().limit(MAX_SHOWN).map(Layer::index).collect(Collectors.toSet());
        long largest = bySize.isEmpty() ? 0 : bySize.get(0).unpackedBytes();
        for (Layer layer : layers) {
            if (shown.contains(layer.index())) {
                lines.add(line(layer, largest));
            }
        }
        if (layers.size() > MAX_SHOWN) {
            long rest = bySize.stream().skip(MAX_SHOWN).mapToLong(Layer::unpackedBytes).sum();
            lines.add("  and " + (layers.size() - MAX_SHOWN) + " smaller layers with " + ByteSize.print(rest));
        }
        return lines;
    }

    private String line(Layer layer, long largest) {
        String kind = audit.measurement().modelBytes(layer.index()) > 0 ? "model" : layer.base() ? "base" : "own";
        String numbers = String.format(
                Locale.ROOT,
                "  %8s  %6s  %-5s  ",
                ByteSize.print(layer.unpackedBytes()),
                share(layer.unpackedBytes()),
                kind);
        String start = String.format(Locale.ROOT, "%3d  ", layer.index());
        Instruction instruction = audit.measurement().instruction(layer.index());
        int left = style.width() - start.length() - bar - numbers.length();
        String text = instruction.isUnknown() ? "(not told by the history)" : instruction.text();
        return start + style.paint(tone(kind), style.bar(layer.unpackedBytes(), largest, bar)) + numbers
                + style.cut(text, left);
    }

    private static Tone tone(String kind) {
        return switch (kind) {
            case "model" -> Tone.CYAN;
            case "base" -> Tone.DIM;
            default -> Tone.GREEN;
        };
    }

    private String share(long bytes) {
        long whole = audit.sizes().unpackedBytes();
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * bytes / whole);
    }
}
