package io.github.bitnetmaven.report.console;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedImage;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.format.Style.Tone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An audit for people, understood at a glance. What came out of the image is made safe to print. */
public final class ConsoleSummary {
    private static final int ID_DIGITS = 12;
    private static final int MAX_NAME = 300;

    private final RecordedAudit audit;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private ConsoleSummary(RecordedAudit audit, Style style) {
        this.audit = audit;
        this.style = style;
    }

    /**
     * The lines of the summary.
     *
     * @param files the reports, to say where they are
     */
    public static List<String> of(RecordedAudit audit, List<Path> files, Style style) {
        ConsoleSummary summary = new ConsoleSummary(audit, style);
        summary.header();
        Sizes sizes = audit.sizes();
        if (sizes != null) {
            summary.lines.addAll(new LayerTable(audit, style).lines());
            summary.sizes(sizes);
            summary.lines.addAll(new ComponentTable(audit, style).lines());
            if (audit.growth() != null) {
                summary.lines.addAll(GrowthTable.of(audit.growth(), style));
                summary.lines.add("");
            }
            summary.lines.addAll(new FindingTable(audit, style).lines());
            summary.lines.addAll(new BudgetTable(audit, style).lines());
        }
        summary.end(files);
        return List.copyOf(summary.lines);
    }

    private void header() {
        RecordedImage image = audit.image();
        lines.add(style.paint(Tone.BOLD, style.cut(Printable.of(image.name(), MAX_NAME), style.width())));
        if (image.id() != null) {
            String digits = image.id().startsWith("sha256:") ? image.id().substring(7) : image.id();
            String id = digits.substring(0, Math.min(ID_DIGITS, digits.length()));
            String text = "id " + id + ", " + image.platform() + ", read from " + image.source();
            lines.add(style.paint(Tone.DIM, style.cut(Printable.of(text), style.width())));
        }
        lines.add("");
    }

    private void sizes(Sizes sizes) {
        boolean hasBase = audit.layers().stream().anyMatch(RecordedLayer::base);
        lines.add("");
        lines.add(style.paint(Tone.BOLD, "Sizes"));
        size("unpacked", sizes.unpackedBytes(), Headline.counted(sizes.layerCount(), "layer") + " on disk");
        size("visible", sizes.visibleBytes(), Headline.counted(sizes.fileCount(), "file") + " that a container sees");
        size("wasted", sizes.wastedBytes(), "replaced or hidden by later layers");
        size("model", sizes.modelBytes(), "");
        size("without model", sizes.withoutModelBytes(), "unpacked less the model");
        if (hasBase) {
            size("own", sizes.ownBytes(), "without the base image");
        }
        Long packed = sizes.packedBytes();
        if (packed != null) {
            size("packed", packed, "what a registry transfers");
        }
        lines.add("");
    }

    private void size(String name, long bytes, String note) {
        String line = String.format(Locale.ROOT, "  %-13s  %8s", name, ByteSize.print(bytes));
        lines.add(note.isEmpty() ? line : line + "  " + style.paint(Tone.DIM, style.cut(note, style.width() - line.length() - 2)));
    }

    private void end(List<Path> files) {
        int unchecked = audit.uncheckedDigests().size();
        if (audit.sizes() != null) {
            lines.add("");
        }
        if (unchecked > 0) {
            lines.add("Not checked, since contents were skipped: " + Headline.counted(unchecked, "digest")
                    + ". -Dbitnet.verifyDigests=true checks all.");
        }
        for (Path file : files) {
            lines.add(style.paint(Tone.DIM, "Written: " + file));
        }
        lines.add(outcome());
    }

    private String outcome() {
        Tone tone = switch (audit.outcome()) {
            case PASS -> Tone.GREEN;
            case WARN -> Tone.YELLOW;
            case FAIL, ERROR -> Tone.RED;
        };
        return style.paint(tone, audit.outcome().name()) + "  " + Headline.of(audit);
    }
}
