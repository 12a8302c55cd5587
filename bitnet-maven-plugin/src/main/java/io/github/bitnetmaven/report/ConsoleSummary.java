package io.github.bitnetmaven.report;

import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.report.Style.Tone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An audit for people, understood at a glance. What came out of the image is made safe to print. */
public final class ConsoleSummary {
    private static final int ID_DIGITS = 12;

    private final Audit audit;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private ConsoleSummary(Audit audit, Style style) {
        this.audit = audit;
        this.style = style;
    }

    /**
     * The lines of the summary.
     *
     * @param files the reports, to say where they are
     */
    public static List<String> of(Audit audit, List<Path> files, Style style) {
        ConsoleSummary summary = new ConsoleSummary(audit, style);
        summary.header();
        summary.lines.addAll(new LayerTable(audit, style).lines());
        summary.sizes();
        summary.lines.addAll(new BudgetTable(audit, style).lines());
        summary.end(files);
        return List.copyOf(summary.lines);
    }

    private void header() {
        Image image = audit.image();
        String digits = image.id().startsWith("sha256:") ? image.id().substring(7) : image.id();
        String id = Printable.of(digits.substring(0, Math.min(ID_DIGITS, digits.length())));
        lines.add(style.paint(Tone.BOLD, style.cut(audit.measurement().name(), style.width())));
        lines.add(style.paint(
                Tone.DIM,
                style.cut(
                        "id " + id + ", " + Printable.of(image.configuration().platform()) + ", read from "
                                + image.source().id(),
                        style.width())));
        lines.add("");
    }

    private void sizes() {
        Sizes sizes = audit.sizes();
        boolean hasBase = audit.image().layers().stream().anyMatch(layer -> layer.base());
        lines.add("");
        lines.add(style.paint(Tone.BOLD, "Sizes"));
        size("unpacked", sizes.unpackedBytes(), counted(sizes.layerCount(), "layer") + " on disk");
        size("visible", sizes.visibleBytes(), counted(sizes.fileCount(), "file") + " that a container sees");
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

    private static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private void size(String name, long bytes, String note) {
        String line = String.format(Locale.ROOT, "  %-13s  %8s", name, ByteSize.print(bytes));
        lines.add(note.isEmpty() ? line : line + "  " + style.paint(Tone.DIM, style.cut(note, style.width() - line.length() - 2)));
    }

    private void end(List<Path> files) {
        int unchecked = audit.image().uncheckedDigests().size();
        lines.add("");
        if (unchecked > 0) {
            lines.add("Not checked, since contents were skipped: " + counted(unchecked, "digest")
                    + ". -Dbitnet.verifyDigests=true checks all.");
        }
        for (Path file : files) {
            lines.add(style.paint(Tone.DIM, "Written: " + file));
        }
        lines.add(outcome());
    }

    private String outcome() {
        List<Verdict> verdicts = audit.verdicts();
        long failed = verdicts.stream().filter(Verdict::fails).count();
        long warned = verdicts.stream().filter(Verdict::warns).count();
        String of = " of " + counted(verdicts.size(), "budget");
        String warnings = warned == 0 ? "" : ", " + counted(warned, "warning");
        return switch (audit.outcome()) {
            case PASS -> style.paint(Tone.GREEN, "PASS") + "  " + verdicts.size() + of + " kept";
            case WARN -> style.paint(Tone.YELLOW, "WARN") + "  0" + of + " exceeded" + warnings;
            case FAIL, ERROR -> style.paint(Tone.RED, "FAIL") + "  " + failed + of + " exceeded" + warnings;
        };
    }
}
