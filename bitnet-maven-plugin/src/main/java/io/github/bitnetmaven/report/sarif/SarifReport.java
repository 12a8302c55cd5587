package io.github.bitnetmaven.report.sarif;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.util.List;

/**
 * A result for each exceeded budget and each finding, for GitHub's code scanning and others.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifReport implements Report {
    private static final String FILE = "report.sarif";

    @Override
    public String id() {
        return "sarif";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public Draft draft(RecordedAudit audit, ReportSettings settings) {
        return out -> out.file(FILE, stream -> SarifWriter.write(audit, settings.sources(), stream));
    }
}
