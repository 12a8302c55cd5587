package io.github.bitnetmaven.report.console;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.Instruction;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.format.Style.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What need not be in the image, largest first, with what to do. Of very many findings the smaller ones are counted. */
final class FindingTable {
    private static final int SHOWN = 8;
    private static final int NUMBERS = 10 + 9;
    private static final String INDENT = " ".repeat(12);
    private static final int MAX_PATH = 60;

    private final RecordedAudit audit;
    private final Style style;

    FindingTable(RecordedAudit audit, Style style) {
        this.audit = audit;
        this.style = style;
    }

    /** Empty when there is none. */
    List<String> lines() {
        List<Finding> findings = audit.findings();
        List<String> lines = new ArrayList<>();
        if (findings.isEmpty()) {
            return lines;
        }
        long bytes = findings.stream().mapToLong(Finding::bytes).sum();
        lines.add(style.paint(Tone.BOLD, "Findings")
                + style.paint(Tone.DIM, bytes == 0 ? "" : "  " + ByteSize.print(bytes) + " need not be there"));
        List<Finding> large = findings.stream().filter(finding -> finding.bytes() > 0).toList();
        String advice = "";
        for (Finding finding : large.subList(0, Math.min(SHOWN, large.size()))) {
            advice = add(finding, advice, lines);
        }
        if (large.size() > SHOWN) {
            long rest = large.stream().skip(SHOWN).mapToLong(Finding::bytes).sum();
            lines.add(String.format(
                    Locale.ROOT,
                    "  %8s  in %d smaller findings: see audit.json",
                    ByteSize.print(rest),
                    large.size() - SHOWN));
        }
        // What is no matter of bytes is a matter of starting at all.
        for (Finding finding : findings.stream().filter(finding -> finding.bytes() == 0).limit(SHOWN).toList()) {
            advice = add(finding, advice, lines);
        }
        lines.add("");
        return lines;
    }

    private String add(Finding finding, String before, List<String> lines) {
        String start = String.format(
                Locale.ROOT, "  %8s  %s  ", finding.bytes() == 0 ? "" : ByteSize.print(finding.bytes()), finding.rule());
        String place = finding.path().isEmpty()
                ? finding.title()
                : style.cutStart(Printable.of("/" + finding.path()), Math.min(MAX_PATH, style.width() - NUMBERS - 12));
        String layer = finding.layer() < 0
                ? ""
                : "  layer " + finding.layer() + "  "
                        + Instruction.of(audit.layers().get(finding.layer()).createdBy());
        String line = style.cut((place + layer).stripTrailing(), style.width() - start.length());
        lines.add(start.substring(0, 12) + style.paint(Tone.YELLOW, finding.rule()) + "  " + line);
        if (!finding.advice().equals(before)) {
            lines.addAll(wrapped(Printable.of(finding.advice())));
        }
        return finding.advice();
    }

    private List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ")) {
            String shown = style.cut(word, style.width() - INDENT.length());
            if (line.length() > INDENT.length() && line.length() + 1 + shown.length() > style.width()) {
                lines.add(style.paint(Tone.DIM, line.toString()));
                line.setLength(INDENT.length());
            }
            line.append(line.length() > INDENT.length() ? " " : "").append(shown);
        }
        lines.add(style.paint(Tone.DIM, line.toString()));
        return lines;
    }
}
