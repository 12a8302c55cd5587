package io.github.bitnetmaven.report.console;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.measurement.Instruction;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.format.Style.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The layers as bars, the largest one full. Of very many layers only the largest are shown, in their order. */
final class LayerTable {
    private static final int MAX_SHOWN = 30;

    private final RecordedAudit audit;
    private final Style style;
    private final int bar;

    LayerTable(RecordedAudit audit, Style style) {
        this.audit = audit;
        this.style = style;
        this.bar = style.width() >= 90 ? 24 : 12;
    }

    List<String> lines() {
        List<RecordedLayer> layers = audit.layers();
        List<String> lines = new ArrayList<>();
        lines.add(style.paint(Tone.BOLD, "Layers"));
        List<RecordedLayer> bySize = layers.stream()
                .sorted(Comparator.comparingLong(RecordedLayer::unpackedBytes).reversed().thenComparingInt(RecordedLayer::index))
                .toList();
        Set<Integer> shown =
                bySize.stream().limit(MAX_SHOWN).map(RecordedLayer::index).collect(Collectors.toSet());
        long largest = bySize.isEmpty() ? 0 : bySize.get(0).unpackedBytes();
        for (RecordedLayer layer : layers) {
            if (shown.contains(layer.index())) {
                lines.add(line(layer, largest));
            }
        }
        if (layers.size() > MAX_SHOWN) {
            long rest = bySize.stream().skip(MAX_SHOWN).mapToLong(RecordedLayer::unpackedBytes).sum();
            lines.add("  and " + (layers.size() - MAX_SHOWN) + " smaller layers with " + ByteSize.print(rest));
        }
        return lines;
    }

    private String line(RecordedLayer layer, long largest) {
        String kind = layer.modelBytes() > 0 ? "model" : layer.base() ? "base" : "own";
        String numbers = String.format(
                Locale.ROOT,
                "  %8s  %6s  %-5s  ",
                ByteSize.print(layer.unpackedBytes()),
                share(layer.unpackedBytes()),
                kind);
        String start = String.format(Locale.ROOT, "%3d  ", layer.index());
        Instruction instruction = layer.instruction();
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
        long whole = audit.layers().stream().mapToLong(RecordedLayer::unpackedBytes).sum();
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * bytes / whole);
    }
}
