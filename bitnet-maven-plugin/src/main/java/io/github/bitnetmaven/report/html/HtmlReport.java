package io.github.bitnetmaven.report.html;

import io.github.bitnetmaven.audit.file.InventoryFile;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.format.ReportException;
import io.github.bitnetmaven.report.format.ReportOutput;
import io.github.bitnetmaven.report.format.ReportSettings;
import io.github.bitnetmaven.report.trend.Trend;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit as one HTML file, to look at and to zoom into. Same audit, same bytes. */
public final class HtmlReport implements Report {
    public static final String FILE = "report.html";

    /** Enough for every file of most images; with the rest of the page well below 1.5 MB. */
    private static final FileTree.Limits LIMITS = new FileTree.Limits(20_000, 1_000_000);

    @Override
    public String id() {
        return "html";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public Draft draft(RecordedAudit audit, ReportSettings settings) {
        return new Page(audit, Trend.of(audit, settings.history()), new FileTree(audit.components(), LIMITS));
    }

    private record Page(RecordedAudit audit, @Nullable Trend trend, FileTree files) implements Draft {
        @Override
        public void file(InventoryFile file) {
            files.add(file);
        }

        @Override
        public void write(ReportOutput out) throws ReportException {
            files.fold();
            out.file(FILE, stream -> {
                Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
                HtmlPage.write(audit, trend, audit.sizes() == null ? null : files, writer);
                writer.flush();
            });
        }
    }
}
