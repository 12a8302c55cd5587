package io.github.bitnetmaven.mojo.site;

import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.measurement.Instruction;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.picture.Bar;
import io.github.bitnetmaven.report.picture.Bar.Part;
import io.github.bitnetmaven.report.picture.Bar.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.maven.doxia.sink.Sink;
import org.jspecify.annotations.Nullable;

/**
 * An audit as a page that wears the skin of the site: plain headings and tables, and pictures that go with a light and a
 * dark skin.
 */
public final class SitePage {
    public static final String TITLE = "Image Audit";

    private static final int TEXT = 1_000;
    private static final int MAXIMUM_ROWS = 100;

    private final Sink sink;
    private final RecordedAudit audit;

    private SitePage(Sink sink, RecordedAudit audit) {
        this.sink = sink;
        this.audit = audit;
    }

    /**
     * Writes the page.
     *
     * @param page address of the HTML report, relative to this page
     */
    public static void write(RecordedAudit audit, String page, Sink sink) {
        sink.head();
        sink.title();
        sink.text(TITLE);
        sink.title_();
        sink.head_();
        sink.body();
        new SitePage(sink, audit).body(page);
        sink.body_();
        sink.flush();
    }

    private void body(String page) {
        sink.section1();
        sink.sectionTitle1();
        sink.text(TITLE);
        sink.sectionTitle1_();
        verdict(page);
        Sizes sizes = audit.sizes();
        if (sizes != null) {
            sections(sizes);
        }
        sink.section1_();
    }

    private void verdict(String page) {
        sink.paragraph();
        sink.bold();
        sink.text(audit.outcome().name());
        sink.bold_();
        sink.text(" – " + Printable.of(audit.image().name(), TEXT) + ": " + Headline.of(audit) + ".");
        sink.paragraph_();
        sink.paragraph();
        sink.text("The ");
        sink.link(page);
        sink.text("report with a treemap");
        sink.link_();
        sink.text(" has the files, and a search.");
        sink.paragraph_();
    }

    private void sections(Sizes sizes) {
        section("Budgets", this::budgets);
        section("Sizes", () -> sizes(sizes));
        section("Layers", () -> layers(sizes));
        section("Components", () -> components(sizes));
        if (!audit.findings().isEmpty()) {
            section("Findings", this::findings);
        }
        Growth growth = audit.growth();
        if (growth != null) {
            section("Growth", () -> growth(growth));
        }
    }

    private void section(String title, Runnable content) {
        sink.section2();
        sink.sectionTitle2();
        sink.text(title);
        sink.sectionTitle2_();
        content.run();
        sink.section2_();
    }

    private void budgets() {
        begin("lrrlll", "Budget", "Limit", "Actual", "Difference", "Verdict", "Used");
        for (Verdict verdict : shown(audit.verdicts())) {
            String name = switch (verdict.budget()) {
                case "layers", "paths", "forbidden" -> verdict.budget() + " " + verdict.subject();
                default -> verdict.budget();
            };
            Tone over = verdict.fails() ? Tone.OVER : Tone.WARNED;
            row(
                    List.of(name, verdict.limit().replaceFirst("(?<=[0-9])(?=[A-Za-z])", " "), verdict.actual(), verdict.difference(),
                            verdict.kept() ? "pass" : verdict.fails() ? "FAIL" : "warn"),
                    Bar.gauge(verdict.actualValue(), verdict.limitValue(), over,
                            Printable.of(name, TEXT) + ": " + verdict.actual() + " of " + verdict.limit()));
        }
        end();
        for (Verdict verdict : shown(audit.verdicts())) {
            if (!verdict.kept()) {
                sink.paragraph();
                sink.text(Printable.of(verdict.message(), TEXT));
                sink.paragraph_();
            }
        }
    }

    private void sizes(Sizes sizes) {
        begin("lrrl", "Size", "", "Bytes", "What");
        size("unpacked", sizes.unpackedBytes(), Headline.counted(sizes.layerCount(), "layer") + " on disk");
        size("visible", sizes.visibleBytes(), Headline.counted(sizes.fileCount(), "file") + " that a container sees");
        size("wasted", sizes.wastedBytes(), "replaced or hidden by later layers");
        size("model", sizes.modelBytes(), "model files, each once");
        size("without model", sizes.withoutModelBytes(), "unpacked less the model");
        size("own", sizes.ownBytes(), "without the base image");
        Long packed = sizes.packedBytes();
        if (packed != null) {
            size("packed", packed, "what a registry transfers");
        }
        end();
    }

    private void size(String name, long bytes, String what) {
        row(List.of(name, ByteSize.print(bytes), grouped(bytes), what), null);
    }

    private void layers(Sizes sizes) {
        List<Part> parts = new ArrayList<>();
        for (RecordedLayer layer : shown(audit.layers())) {
            parts.add(new Part(
                    layer.unpackedBytes(), tone(layer), "layer " + layer.index() + ": " + ByteSize.print(layer.unpackedBytes())));
        }
        picture(Bar.of(parts, sizes.unpackedBytes(), "The layers, lowest first, by their bytes"));
        begin("rlrrl", "Layer", "Kind", "Size", "Bytes", "Instruction");
        for (RecordedLayer layer : shown(audit.layers())) {
            String instruction = Printable.of(Instruction.of(layer.createdBy()).text(), TEXT);
            row(
                    List.of(
                            Integer.toString(layer.index()), kind(layer), ByteSize.print(layer.unpackedBytes()),
                            grouped(layer.unpackedBytes()), instruction.isEmpty() ? "(not told by the history)" : instruction),
                    null);
        }
        end();
    }

    private static Tone tone(RecordedLayer layer) {
        return layer.modelBytes() > 0 ? Tone.MODEL : layer.base() ? Tone.BASE : Tone.OWN;
    }

    private static String kind(RecordedLayer layer) {
        return tone(layer).name().toLowerCase(Locale.ROOT);
    }

    private void components(Sizes sizes) {
        begin("lrrrl", "Component", "Size", "Bytes", "Files", "Share");
        List<Component> largestFirst = audit.components().stream()
                .sorted(Comparator.comparingLong(Component::bytes).reversed().thenComparing(Component::name))
                .toList();
        for (Component component : shown(largestFirst)) {
            String name = Printable.of(component.name(), TEXT);
            Part part = new Part(component.bytes(), name.equals("model") ? Tone.MODEL : Tone.OWN, "");
            row(
                    List.of(name, ByteSize.print(component.bytes()), grouped(component.bytes()), grouped(component.fileCount())),
                    Bar.of(List.of(part), sizes.visibleBytes(), name + ": " + ByteSize.print(component.bytes())));
        }
        end();
    }

    private void findings() {
        begin("llrl", "Rule", "Finding", "Size", "What to do");
        for (Finding finding : shown(audit.findings())) {
            String path = finding.path().isEmpty() ? "" : ": /" + Printable.of(finding.path(), TEXT);
            row(List.of(finding.rule(), finding.title() + path, ByteSize.print(finding.bytes()), finding.advice()), null);
        }
        end();
    }

    private void growth(Growth growth) {
        sink.paragraph();
        sink.text("Against the " + growth.against().kind() + " " + Printable.of(growth.against().where(), TEXT) + ".");
        sink.paragraph_();
        begin("lrrr", "Part", "Before", "After", "Change in bytes");
        growth.parts().forEach(part -> row(
                List.of(
                        part.part().name().toLowerCase(Locale.ROOT), ByteSize.print(part.beforeBytes()),
                        ByteSize.print(part.afterBytes()), String.format(Locale.ROOT, "%+,d", part.bytes())),
                null));
        end();
    }

    private <T> List<T> shown(List<T> items) {
        return items.subList(0, Math.min(MAXIMUM_ROWS, items.size()));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Begins a table; columns are {@code l}eft or {@code r}ight. */
    private void begin(String columns, String... heads) {
        sink.table();
        sink.tableRows(
                columns.chars().map(c -> c == 'r' ? Sink.JUSTIFY_RIGHT : Sink.JUSTIFY_LEFT).toArray(), false);
        sink.tableRow();
        for (String head : heads) {
            sink.tableHeaderCell();
            sink.text(head);
            sink.tableHeaderCell_();
        }
        sink.tableRow_();
    }

    private void row(List<String> cells, @Nullable String picture) {
        sink.tableRow();
        for (String cell : cells) {
            sink.tableCell();
            sink.text(together(Printable.of(cell, TEXT)));
            sink.tableCell_();
        }
        if (picture != null) {
            sink.tableCell();
            sink.rawText(picture);
            sink.tableCell_();
        }
        sink.tableRow_();
    }

    /** A size is not to be broken before its unit. */
    private static String together(String cell) {
        return cell.length() < 12 ? cell.replace(' ', '\u00a0') : cell;
    }

    private void end() {
        sink.tableRows_();
        sink.table_();
    }

    private void picture(String svg) {
        sink.paragraph();
        sink.rawText(svg);
        sink.paragraph_();
    }
}
