package io.github.bitnetmaven.report.console;

import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Snapshot;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.format.Style.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two images side by side, and where the difference comes from. */
public final class ComparisonTable {
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private ComparisonTable(Style style) {
        this.style = style;
    }

    public static List<String> of(Snapshot before, Snapshot after, Growth growth, Style style) {
        ComparisonTable table = new ComparisonTable(style);
        table.name("before", before);
        table.name("after", after);
        table.lines.add("");
        table.sizes(growth.before(), growth.after());
        table.lines.add("");
        table.lines.addAll(GrowthTable.of(growth, style));
        return List.copyOf(table.lines);
    }

    private void name(String side, Snapshot image) {
        String text = String.format(Locale.ROOT, "%-7s %s", side, Printable.of(image.image(), 300));
        lines.add(style.paint(Tone.BOLD, style.cut(text, style.width())));
    }

    private void sizes(Sizes before, Sizes after) {
        lines.add(style.paint(Tone.BOLD, "Sizes") + style.paint(Tone.DIM, String.format(
                Locale.ROOT, "            %12s  %12s  %12s", "before", "after", "difference")));
        bytes("unpacked", before.unpackedBytes(), after.unpackedBytes());
        bytes("visible", before.visibleBytes(), after.visibleBytes());
        bytes("wasted", before.wastedBytes(), after.wastedBytes());
        bytes("model", before.modelBytes(), after.modelBytes());
        bytes("without model", before.withoutModelBytes(), after.withoutModelBytes());
        if (before.packedBytes() != null && after.packedBytes() != null) {
            bytes("packed", before.packedBytes(), after.packedBytes());
        }
        count("layers", before.layerCount(), after.layerCount());
        count("files", before.fileCount(), after.fileCount());
    }

    private void bytes(String name, long before, long after) {
        row(name, ByteSize.print(before), ByteSize.print(after), ByteSize.print(Math.abs(after - before)), before, after);
    }

    private void count(String name, long before, long after) {
        row(name, "" + before, "" + after, "" + Math.abs(after - before), before, after);
    }

    private void row(String name, String was, String is, String difference, long before, long after) {
        String sign = after > before ? "+" : after < before ? "-" : "";
        String percent = before == 0 || after == before
                ? ""
                : String.format(Locale.ROOT, "  %+.1f%%", 100.0 * (after - before) / before);
        Tone tone = after > before ? Tone.YELLOW : after < before ? Tone.GREEN : Tone.DIM;
        lines.add(String.format(Locale.ROOT, "  %-13s  %12s  %12s", name, was, is)
                + style.paint(tone, String.format(Locale.ROOT, "  %12s%s", sign + difference, percent)));
    }
}
