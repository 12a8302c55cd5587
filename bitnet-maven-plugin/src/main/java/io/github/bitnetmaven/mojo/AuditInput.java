package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.report.ReportChoice;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.configuration.GrowthSettings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a user can say about an audit; validated.
 *
 * @param budgets empty when none is set
 * @param platform which one of an index; null for this machine's
 */
record AuditInput(
        Budgets budgets,
        PathPatterns modelPatterns,
        Path reportDirectory,
        ReportChoice reports,
        @Nullable String platform,
        boolean haltOnFailure,
        boolean verifyDigests,
        GrowthSettings growth) {

    /** Validates; a property beats its element. */
    static AuditInput of(
            Configuration configuration,
            UserProperties properties,
            @Nullable BudgetsParameters budgets,
            @Nullable List<String> modelPatterns,
            Path reportDirectory,
            @Nullable List<String> reports,
            @Nullable String platform,
            boolean haltOnFailure,
            boolean verifyDigests,
            @Nullable String history)
            throws ConfigurationException {
        BudgetsParameters parameters = budgets == null ? new BudgetsParameters() : budgets;
        parameters.complete(properties);
        String chosen = properties.apply("bitnet.platform");
        Budgets limits = Budgets.of(parameters);
        limits.refuseLongWaivers(LocalDate.now(ZoneOffset.UTC));
        GrowthSettings growth = configuration.growth(parameters.growth(), history, properties.defaultBaseline());
        configuration.throwIfAny();
        return new AuditInput(
                limits,
                PathPatterns.including(configuration.modelPatterns(modelPatterns), "<modelPatterns>"),
                reportDirectory,
                ReportChoice.of(configuration.reports(reports), BuildServer.of(System.getenv())),
                chosen == null ? platform : chosen,
                properties.flag("bitnet.haltOnFailure", haltOnFailure),
                properties.flag("bitnet.verifyDigests", verifyDigests),
                growth);
    }

    AuditInput withBudgets(Budgets others) {
        return new AuditInput(
                others, modelPatterns, reportDirectory, reports, platform, haltOnFailure, verifyDigests, growth);
    }
}
