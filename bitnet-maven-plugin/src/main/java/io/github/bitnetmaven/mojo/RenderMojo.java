package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.history.HistoryFile;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.report.ReportChoice;
import io.github.bitnetmaven.report.Reports;
import io.github.bitnetmaven.report.format.BuildServer;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the reports of an earlier audit again, also of somebody else's, from its {@code audit.json} and the {@code
 * inventory.ndjson.gz} beside it. No image is needed, and nothing is gated.
 */
@Mojo(name = "render", requiresProject = false, threadSafe = true)
public final class RenderMojo extends AbstractBitnetMojo {
    /** The {@code audit.json}; by default the one in the report directory. The property beats the element. */
    @Parameter(property = "bitnet.audit")
    private @Nullable String audit;

    /**
     * Where the reports are written; by default {@code target/bitnet}, or {@code bitnet} without a project. The property
     * beats the element.
     */
    @Parameter(property = "bitnet.reportDirectory")
    private @Nullable String reportDirectory;

    /**
     * Which reports are written: some of {@code console}, {@code html}, {@code markdown}, {@code junit}, {@code sarif} and
     * {@code badge}; by default the first three, and {@code junit} where {@code CI} is set. The property beats the element.
     */
    @Parameter(property = "bitnet.reports")
    private @Nullable List<String> reports;

    /** History file, for the trend up to the audit; it is only read. The property beats it. By default there is none. */
    @Parameter(property = "bitnet.history")
    private @Nullable String history;

    @Override
    void run() throws BitnetException {
        Configuration configuration = configuration();
        ReportChoice choice = ReportChoice.of(configuration.reports(reports), BuildServer.of(System.getenv()));
        Path directory = reportDirectory(reportDirectory);
        String chosen = properties().apply("bitnet.audit");
        String file = chosen == null ? audit : chosen;
        Path trend = configuration.history(history);
        configuration.throwIfAny();
        new Wiring(this)
                .reports(directory, choice)
                .withHistory(HistoryFile.read(trend))
                .writeAgain(file == null ? directory.resolve(Reports.AUDIT) : baseDirectory().resolve(file));
    }
}
