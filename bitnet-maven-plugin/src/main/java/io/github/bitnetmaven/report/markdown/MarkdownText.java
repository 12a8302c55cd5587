package io.github.bitnetmaven.report.markdown;

import io.github.bitnetmaven.audit.file.InventoryFile;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedImage;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.trend.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An audit as Markdown, what matters most first: what does not fit is left out from the end, and told. */
public final class MarkdownText {
    /** How many of the largest files are shown. */
    public static final int FILES = 20;

    /** Characters for a section: the four that matter most have room, however long they are. */
    private static final int ROOM = 14_000;

    /** Growth is bounded already, and no list of it is long. */
    private static final int ROOM_OF_GROWTH = 6_000;

    private static final int NAME = 200;
    private static final int SENTENCE = 1_000;
    private static final int CELL = 120;
    private static final int ID_DIGITS = 12;

    private final RecordedAudit audit;
    private final @Nullable Trend trend;
    private final List<InventoryFile> largest;
    private final LimitedText text = new LimitedText();

    private MarkdownText(RecordedAudit audit, @Nullable Trend trend, List<InventoryFile> largest) {
        this.audit = audit;
        this.trend = trend;
        this.largest = largest;
    }

    /** At most {@value LimitedText#MAXIMUM} characters. */
    public static String of(RecordedAudit audit, History history, List<InventoryFile> largest) {
        return new MarkdownText(audit, Trend.of(audit, history), largest).text();
    }

    private String text() {
        text.line(marker(audit.image()));
        String mark = switch (audit.outcome()) {
            case PASS -> "✅";
            case WARN -> "⚠️";
            case FAIL -> "❌";
            case ERROR -> "⛔";
        };
        String name = Markdown.code(audit.image().name(), NAME);
        Sizes sizes = audit.sizes();
        if (sizes == null) {
            text.line("### " + mark + " " + name + ": not audited");
            text.line("");
            text.line(Markdown.text(Headline.error(audit), 2 * SENTENCE));
            return text.toString();
        }
        text.line("### " + mark + " " + name + ": " + Headline.of(audit));
        text.line("");
        text.line(summary(sizes));
        if (trend != null) {
            text.line("");
            text.line(trend(trend));
        }
        budgets();
        if (audit.growth() != null) {
            GrowthRows growth = new GrowthRows(audit.growth());
            text.section(growth.heading(), "part", growth.sums(), ROOM_OF_GROWTH);
            text.section("", "changed file", growth.files(), ROOM_OF_GROWTH);
        }
        files();
        findings();
        layers();
        return text.toString();
    }

    /** The same for every build of the image, and for no other image. */
    private static String marker(RecordedImage image) {
        String name = image.repository().replaceAll("[^A-Za-z0-9._/:-]+", "_").replaceAll("--+", "-");
        return "<!-- bitnet-audit " + name.substring(0, Math.min(NAME, name.length())) + " -->";
    }

    private String summary(Sizes sizes) {
        List<String> parts = new ArrayList<>();
        parts.add("**" + ByteSize.print(sizes.unpackedBytes()) + "** in " + Headline.counted(sizes.layerCount(), "layer"));
        if (sizes.modelBytes() > 0) {
            parts.add("**" + ByteSize.print(sizes.withoutModelBytes()) + "** without the model");
        }
        if (sizes.packedBytes() != null) {
            parts.add(ByteSize.print(sizes.packedBytes()) + " packed");
        }
        parts.add(ByteSize.print(sizes.wastedBytes()) + " wasted");
        String id = String.valueOf(audit.image().id()).replace("sha256:", "");
        return String.join(", ", parts) + " (" + Markdown.code(String.valueOf(audit.image().platform()), CELL) + ", id "
                + Markdown.code(id.substring(0, Math.min(ID_DIGITS, id.length())), ID_DIGITS) + ").";
    }

    /** Such as {@code Trend: +3.1 % over 20 revisions (without base image and model, from 4.8 MB to 4.95 MB).} */
    private static String trend(Trend trend) {
        long from = trend.first().ownBytes();
        long to = trend.last().ownBytes();
        String change = from == to ? "no change" : from == 0
                ? "+" + ByteSize.print(to)
                : String.format(Locale.ROOT, "%+.1f %%", 100.0 * (to - from) / from);
        return "Trend: **" + change + "** over " + Headline.counted(trend.revisions(), "revision") + " ("
                + (trend.knowsBase() ? "without base image and model" : "without the model")
                + ", from " + ByteSize.print(from) + " to " + ByteSize.print(to) + ").";
    }

    private void budgets() {
        List<Verdict> verdicts = audit.verdicts();
        List<Verdict> sorted = Stream.of(
                        verdicts.stream().filter(Verdict::fails),
                        verdicts.stream().filter(Verdict::warns),
                        verdicts.stream().filter(Verdict::kept))
                .flatMap(each -> each)
                .toList();
        text.section(
                "| | budget | limit | actual | difference |\n|---|---|--:|--:|--:|",
                "budget",
                sorted.stream().map(MarkdownText::row).toList(),
                ROOM);
        List<String> reasons = new ArrayList<>();
        for (Verdict verdict : sorted) {
            if (!verdict.kept()) {
                reasons.add(reason(verdict));
            }
        }
        text.section("", "explanation", reasons, ROOM);
    }

    private static String row(Verdict verdict) {
        String mark = verdict.kept() ? "✅" : verdict.fails() ? "❌" : "⚠️";
        return "| " + mark + " | " + Markdown.cell(Markdown.code(verdict.label(), CELL)) + " | "
                + Markdown.text(verdict.limit(), CELL).replaceFirst("(?<=[0-9])(?=[A-Za-z])", " ") + " | "
                + Markdown.text(verdict.actual(), CELL) + " | " + Markdown.text(verdict.difference(), CELL) + " |";
    }

    private String reason(Verdict verdict) {
        StringBuilder lines = new StringBuilder("- ").append(Markdown.text(verdict.message(), SENTENCE));
        for (Contributor file : verdict.contributors()) {
            lines.append("\n  - ")
                    .append(ByteSize.print(file.bytes()))
                    .append(' ')
                    .append(Markdown.path(file.path(), NAME))
                    .append(", ")
                    .append(layer(file.layer()));
        }
        return lines.toString();
    }

    private String layer(int index) {
        if (index < 0 || index >= audit.layers().size()) {
            return "";
        }
        String instruction = Markdown.code(audit.layers().get(index).instruction().text(CELL), CELL);
        return "layer " + index + (instruction.isEmpty() ? "" : " " + instruction);
    }

    private void findings() {
        List<String> rows = new ArrayList<>();
        for (Finding finding : audit.findings()) {
            rows.add("- **" + Markdown.text(finding.rule(), CELL) + "** " + Markdown.text(finding.title(), CELL)
                    + (finding.path().isEmpty() ? "" : ": " + Markdown.path(finding.path(), NAME))
                    + (finding.bytes() > 0 ? ", " + ByteSize.print(finding.bytes()) : "")
                    + (finding.layer() < 0 ? "" : ", " + layer(finding.layer()))
                    + ". " + Markdown.text(finding.advice(), SENTENCE));
        }
        text.section("#### Findings\n", "finding", rows, ROOM);
    }

    private void files() {
        List<String> rows = new ArrayList<>();
        for (InventoryFile file : largest) {
            rows.add("| " + ByteSize.print(file.bytes()) + " | " + Markdown.cell(Markdown.path(file.path(), NAME)) + " | "
                    + Markdown.text(file.component(), CELL) + " | " + Markdown.cell(layer(file.layer())) + " |");
        }
        text.section("#### Biggest files\n\n| size | file | component | from |\n|--:|---|---|---|", "file", rows, ROOM);
    }

    private void layers() {
        List<String> rows = new ArrayList<>();
        for (RecordedLayer layer : audit.layers()) {
            String kind = layer.modelBytes() > 0 ? "model" : layer.base() ? "base" : "own";
            rows.add("| " + layer.index() + " | " + ByteSize.print(layer.unpackedBytes()) + " | " + kind + " | "
                    + Markdown.cell(Markdown.code(layer.instruction().text(CELL), CELL)) + " |");
        }
        text.section("#### Layers\n\n| | size | | instruction |\n|--:|--:|---|---|", "layer", rows, LimitedText.MAXIMUM);
    }
}
