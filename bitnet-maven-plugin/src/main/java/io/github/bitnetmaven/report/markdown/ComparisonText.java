package io.github.bitnetmaven.report.markdown;

import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Growth.LayerGrowth;
import io.github.bitnetmaven.audit.growth.Snapshot;
import io.github.bitnetmaven.audit.measurement.Instruction;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.configuration.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two images side by side as Markdown, and where the difference comes from. */
public final class ComparisonText {
    private static final int NAME = 200;
    private static final int INSTRUCTION = 120;
    private static final int LAYERS = 15;
    private static final int ROOM = 14_000;

    private ComparisonText() {}

    /** At most 60,000 characters. */
    public static String of(Snapshot before, Snapshot after, Growth growth) {
        LimitedText text = new LimitedText();
        text.line("### " + Markdown.code(before.image(), NAME) + " → " + Markdown.code(after.image(), NAME));
        text.section("| | before | after | change |\n|---|--:|--:|--:|", "size", sizes(growth.before(), growth.after()), ROOM);
        GrowthRows rows = new GrowthRows(growth);
        text.section(rows.heading(), "part", rows.sums(), ROOM);
        text.section("| change | layer | instruction |\n|--:|---|---|", "layer", layers(growth), ROOM);
        text.section("", "file", rows.files(), ROOM);
        return text.toString();
    }

    private static List<String> sizes(Sizes before, Sizes after) {
        List<String> rows = new ArrayList<>();
        rows.add(bytes("unpacked", before.unpackedBytes(), after.unpackedBytes()));
        rows.add(bytes("visible", before.visibleBytes(), after.visibleBytes()));
        rows.add(bytes("wasted", before.wastedBytes(), after.wastedBytes()));
        rows.add(bytes("model", before.modelBytes(), after.modelBytes()));
        rows.add(bytes("without model", before.withoutModelBytes(), after.withoutModelBytes()));
        if (before.packedBytes() != null && after.packedBytes() != null) {
            rows.add(bytes("packed", before.packedBytes(), after.packedBytes()));
        }
        rows.add(count("layers", before.layerCount(), after.layerCount()));
        rows.add(count("files", before.fileCount(), after.fileCount()));
        return rows;
    }

    private static String bytes(String name, long before, long after) {
        String percent = before == 0 || after == before
                ? ""
                : String.format(Locale.ROOT, " (%+.1f %%)", 100.0 * (after - before) / before).replace('-', '−');
        return "| " + name + " | " + ByteSize.print(before) + " | " + ByteSize.print(after) + " | "
                + GrowthRows.change(after - before) + percent + " |";
    }

    private static String count(String name, long before, long after) {
        String sign = after > before ? "+" : after < before ? "−" : "";
        return "| " + name + " | " + before + " | " + after + " | " + sign + Math.abs(after - before) + " |";
    }

    private static List<String> layers(Growth growth) {
        List<String> rows = new ArrayList<>();
        for (LayerGrowth layer : growth.layers().stream().limit(LAYERS).toList()) {
            Instruction instruction = Instruction.of(layer.createdBy());
            String which = layer.beforeIndex() == null
                    ? layer.afterIndex() + " (new)"
                    : layer.afterIndex() == null ? layer.beforeIndex() + " (gone)" : "" + layer.afterIndex();
            rows.add("| " + GrowthRows.change(layer.bytes()) + " | " + which + " | "
                    + (instruction.isUnknown()
                            ? "not told by the history"
                            : Markdown.cell(Markdown.code(instruction.text(INSTRUCTION), INSTRUCTION)))
                    + " |");
        }
        return rows;
    }
}
