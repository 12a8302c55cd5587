package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.file.AuditJsonReader;
import io.github.bitnetmaven.audit.history.HistoryFile;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.mojo.site.SitePage;
import io.github.bitnetmaven.report.ReportChoice;
import io.github.bitnetmaven.report.Reports;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.report.html.HtmlReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.doxia.sink.Sink;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The audit as a page of the Maven site, with the site's skin, and the HTML report beside it. List the plugin below
 * {@code <reporting>} with this goal, and audit before: {@code mvn verify site}. Called by itself it only writes the HTML
 * report into the site.
 */
@Mojo(name = "report", defaultPhase = LifecyclePhase.SITE, threadSafe = true)
public final class ReportMojo extends AbstractSiteMojo {
    /**
     * The {@code audit.json}; by default the one in {@code target/bitnet}. The inventory must be beside it. The property
     * beats the element.
     */
    @Parameter(property = "bitnet.audit")
    private @Nullable String audit;

    /** History file, for the trend up to the audit; it is only read. The property beats it. By default there is none. */
    @Parameter(property = "bitnet.history")
    private @Nullable String history;

    @Override
    void run() throws BitnetException {
        getLog().info("Written: " + writeHtml()
                + ". The page of the site is made by mvn site, with this goal below <reporting>.");
    }

    @Override
    boolean hasPage() throws BitnetException {
        if (properties().flag("bitnet.skip", false) || properties().flag("bitnet.report.skip", false)) {
            getLog().info("Skipped: bitnet.skip or bitnet.report.skip is true.");
            return false;
        }
        if (!Files.exists(file())) {
            getLog().warn("No page about the image: there is no " + file() + ". Audit before, as in mvn verify site.");
            return false;
        }
        return true;
    }

    @Override
    void page(Sink sink) throws BitnetException {
        writeHtml();
        SitePage.write(AuditJsonReader.read(file()), PAGE + "/" + HtmlReport.FILE, sink);
    }

    private Path writeHtml() throws BitnetException {
        Path directory = getReportOutputDirectory().toPath().resolve(PAGE);
        Configuration configuration = configuration();
        Path trend = configuration.history(history);
        configuration.throwIfAny();
        new Wiring(this)
                .reports(directory, ReportChoice.of(List.of("html"), BuildServer.none()))
                .withHistory(HistoryFile.read(trend))
                .writeAgain(file());
        return directory.resolve(HtmlReport.FILE);
    }

    private Path file() {
        String chosen = properties().apply("bitnet.audit");
        String name = chosen == null ? audit : chosen;
        return name == null ? reportDirectory(null).resolve(Reports.AUDIT) : baseDirectory().resolve(name);
    }
}
