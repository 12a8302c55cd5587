package io.github.bitnetmaven.report.markdown;

import io.github.bitnetmaven.audit.file.InventoryFile;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.report.format.LargestFiles;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.format.ReportException;
import io.github.bitnetmaven.report.format.ReportOutput;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A comment for a pull request. Its first line is a marker by which a bot finds the comment that it updates. */
public final class MarkdownReport implements Report {
    private static final String FILE = "report.md";

    @Override
    public String id() {
        return "markdown";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public Draft draft(RecordedAudit audit, ReportSettings settings) {
        return new Comment(audit, settings.history());
    }

    private static final class Comment implements Draft {
        private final RecordedAudit audit;
        private final History history;
        private final LargestFiles largest = new LargestFiles(MarkdownText.FILES);

        Comment(RecordedAudit audit, History history) {
            this.audit = audit;
            this.history = history;
        }

        @Override
        public void file(InventoryFile file) {
            largest.add(file);
        }

        @Override
        public void write(ReportOutput out) throws ReportException {
            byte[] text = MarkdownText.of(audit, history, largest.list()).getBytes(StandardCharsets.UTF_8);
            out.file(FILE, stream -> stream.write(text));
        }
    }
}
