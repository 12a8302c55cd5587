package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.baseline.Baseline;
import io.github.bitnetmaven.audit.baseline.BaselineFile;
import io.github.bitnetmaven.audit.baseline.RecordedSnapshot;
import io.github.bitnetmaven.audit.baseline.ReferenceFile;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ReferenceLocation;
import io.github.bitnetmaven.report.Reports;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Records the sizes of the last audit as the baseline that growth is measured against. It is a file to be committed;
 * {@code bitnet:check} or {@code bitnet:build} must have audited the image before.
 */
@Mojo(name = "baseline", requiresProject = false, threadSafe = true)
public final class BaselineMojo extends AbstractBitnetMojo {
    /** The {@code audit.json}; by default the one in the report directory. The property beats the element. */
    @Parameter(property = "bitnet.audit")
    private @Nullable String audit;

    /**
     * Where {@code bitnet:check} wrote its reports; by default {@code target/bitnet}, or {@code bitnet} without a project.
     * The property beats the element.
     */
    @Parameter(property = "bitnet.reportDirectory")
    private @Nullable String reportDirectory;

    /**
     * The budgets, of which {@code <growth><baseline>} ({@code bitnet.baseline}) says where the baseline is written; by
     * default {@code src/image-baseline.json}, or {@code image-baseline.json} without a project.
     */
    @Parameter
    private @Nullable BudgetsParameters budgets;

    @Override
    void run() throws BitnetException {
        BudgetsParameters parameters = budgets == null ? new BudgetsParameters() : budgets;
        Configuration configuration = configuration();
        ReferenceLocation target =
                configuration.baseline(parameters.growth(), properties().defaultBaseline());
        configuration.throwIfAny();
        Path file = target.path();
        if (file == null) {
            throw new ConfigurationException("<growth><baseline> (-Dbitnet.baseline) is " + target.text()
                    + ", but a baseline is recorded into a file. Write the path of one.");
        }
        String chosen = properties().apply("bitnet.audit");
        String named = chosen == null ? audit : chosen;
        Path source = named == null
                ? reportDirectory(reportDirectory).resolve(Reports.AUDIT)
                : baseDirectory().resolve(named);
        if (!Files.exists(source)) {
            throw new ConfigurationException("There is no audit " + source + " to record. Audit the image first, with"
                    + " bitnet:check or bitnet:build.");
        }
        RecordedSnapshot recorded = ReferenceFile.audit(source);
        BaselineFile.write(Baseline.of(recorded), file);
        getLog().info("Recorded " + Printable.of(recorded.image(), 300) + " with "
                + ByteSize.print(recorded.sizes().unpackedBytes()) + " in " + file + ". Commit it.");
    }
}
