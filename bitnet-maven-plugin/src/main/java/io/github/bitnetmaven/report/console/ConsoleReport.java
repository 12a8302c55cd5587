package io.github.bitnetmaven.report.console;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.util.List;

/** The audit on the console. It comes last, to say which files were written. */
public final class ConsoleReport implements Report {
    @Override
    public String id() {
        return "console";
    }

    @Override
    public List<String> files() {
        return List.of();
    }

    @Override
    public Draft draft(RecordedAudit audit, ReportSettings settings) {
        return out -> ConsoleSummary.of(audit, out.written(), settings.style()).forEach(out::line);
    }
}
