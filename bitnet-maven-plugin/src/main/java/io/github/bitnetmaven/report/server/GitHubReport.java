package io.github.bitnetmaven.report.server;

import io.github.bitnetmaven.audit.file.InventoryFile;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.format.LargestFiles;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.format.ReportOutput;
import io.github.bitnetmaven.report.format.ReportSettings;
import io.github.bitnetmaven.report.markdown.MarkdownText;
import io.github.bitnetmaven.report.source.SourceLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What GitHub Actions shows: a step summary, and an annotation at the pom's budget for each that is exceeded.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands">Workflow commands</a>
 */
public final class GitHubReport implements Report {
    /** GitHub shows ten annotations of each kind for a step, and drops the others in silence. */
    private static final int MAX_ANNOTATIONS = 10;

    /** A step's summary is dropped when it is larger. */
    private static final long MAX_SUMMARY_BYTES = 1 << 20;

    @Override
    public String id() {
        return "github";
    }

    @Override
    public List<String> files() {
        return List.of();
    }

    @Override
    public Draft draft(RecordedAudit audit, ReportSettings settings) {
        return new Annotated(audit, settings);
    }

    private static final class Annotated implements Draft {
        private final RecordedAudit audit;
        private final ReportSettings settings;
        private final LargestFiles largest = new LargestFiles(MarkdownText.FILES);

        Annotated(RecordedAudit audit, ReportSettings settings) {
            this.audit = audit;
            this.settings = settings;
        }

        @Override
        public void file(InventoryFile file) {
            largest.add(file);
        }

        @Override
        public void write(ReportOutput out) throws IOException {
            if (audit.sizes() == null) {
                out.command(WorkflowCommand.of("error", settings.sources().start(), "Image audit", Headline.error(audit)));
            }
            annotate("error", audit.verdicts().stream().filter(Verdict::fails).toList(), out);
            annotate("warning", audit.verdicts().stream().filter(Verdict::warns).toList(), out);
            Path summary = settings.server().stepSummary();
            if (summary != null) {
                append(summary);
            }
        }

        private void annotate(String level, List<Verdict> verdicts, ReportOutput out) {
            List<String> commands = new ArrayList<>();
            int shown = verdicts.size() > MAX_ANNOTATIONS ? MAX_ANNOTATIONS - 1 : verdicts.size();
            for (Verdict verdict : verdicts.subList(0, shown)) {
                commands.add(WorkflowCommand.of(level, place(verdict), "Size budget " + verdict.label(), verdict.message()));
            }
            if (shown < verdicts.size()) {
                commands.add(WorkflowCommand.of(
                        level,
                        settings.sources().start(),
                        "Size budgets",
                        "And " + (verdicts.size() - shown) + " more budgets are exceeded: see the step's summary."));
            }
            commands.forEach(out::command);
        }

        private @Nullable SourceLocation place(Verdict verdict) {
            return settings.sources().budget(audit, verdict);
        }

        private void append(Path summary) throws IOException {
            byte[] text = ("\n" + MarkdownText.of(audit, settings.history(), largest.list())).getBytes(StandardCharsets.UTF_8);
            long there = Files.exists(summary) ? Files.size(summary) : 0;
            if (there + text.length <= MAX_SUMMARY_BYTES) {
                Files.write(summary, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }
}
