package io.github.bitnetmaven.report.console;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.format.Style.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The budgets with what is left or over, and for one that is passed the largest files that count. */
final class BudgetTable {
    /** Columns of limit, actual, difference and verdict with the blanks before them. */
    private static final int NUMBERS = 12 + 12 + 15 + 6;

    private static final String INDENT = "      ";
    private static final int MAX_PATH = 60;

    private final RecordedAudit audit;
    private final Style style;
    private final int nameColumns;

    BudgetTable(RecordedAudit audit, Style style) {
        this.audit = audit;
        this.style = style;
        int longest = audit.verdicts().stream().mapToInt(verdict -> verdict.label().length()).max().orElse(0);
        this.nameColumns = Math.max(14, Math.min(longest, style.width() - NUMBERS - 2));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        String heading = row("Budgets", "limit", "actual", "", "");
        lines.add(style.paint(Tone.BOLD, "Budgets") + style.paint(Tone.DIM, heading.strip().substring(7)));
        for (Verdict verdict : audit.verdicts()) {
            String word = verdict.kept() ? "pass" : verdict.fails() ? "FAIL" : verdict.isWaived() ? "waived" : "warn";
            Tone tone = verdict.kept() ? Tone.GREEN : verdict.fails() ? Tone.RED : Tone.YELLOW;
            lines.add(row(
                    verdict.label(),
                    verdict.limit().replaceFirst("(?<=[0-9])(?=[A-Za-z])", " "),
                    verdict.actual(),
                    verdict.difference(),
                    style.paint(tone, word)));
            if (!verdict.kept()) {
                explain(verdict, lines);
            }
        }
        return lines;
    }

    private String row(String name, String limit, String actual, String difference, String verdict) {
        String shown = style.cut(name, nameColumns);
        String padding = " ".repeat(Math.max(0, nameColumns - shown.codePointCount(0, shown.length())));
        String numbers = String.format(Locale.ROOT, "  %10s  %10s  %13s  %s", limit, actual, difference, verdict);
        return ("  " + shown + padding + numbers).stripTrailing();
    }

    private void explain(Verdict verdict, List<String> lines) {
        if (verdict.contributors().isEmpty()) {
            wrap(verdict.message(), lines);
            return;
        }
        int paths = Math.min(MAX_PATH, (style.width() - INDENT.length() - 22) * 6 / 10);
        int longest = verdict.contributors().stream().mapToInt(c -> path(c, paths).length()).max().orElse(0);
        for (Contributor contributor : verdict.contributors()) {
            String path = path(contributor, paths);
            String line = String.format(
                    Locale.ROOT,
                    "%s%8s  %s%s  layer %-2d  %s",
                    INDENT,
                    ByteSize.print(contributor.bytes()),
                    path,
                    " ".repeat(longest - path.length()),
                    contributor.layer(),
                    audit.layers().get(contributor.layer()).instruction());
            lines.add(style.cut(line.stripTrailing(), style.width()));
        }
        if (verdict.reason() != null) {
            wrap("Reason: " + verdict.reason(), lines);
        }
        Verdict.Waived waived = verdict.waived();
        if (waived != null) {
            wrap((waived.inForce() ? "Waived until " : "The waiver ended on ") + waived.until() + ": " + waived.reason(), lines);
        }
    }

    private String path(Contributor contributor, int columns) {
        return style.cutStart("/" + Printable.of(contributor.path()), columns);
    }

    private void wrap(String text, List<String> lines) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : Printable.of(text).split(" ")) {
            if (line.length() > INDENT.length() && line.length() + 1 + word.length() > style.width()) {
                lines.add(line.toString());
                line.setLength(INDENT.length());
            }
            line.append(line.length() > INDENT.length() ? " " : "").append(word);
        }
        lines.add(line.toString());
    }
}
