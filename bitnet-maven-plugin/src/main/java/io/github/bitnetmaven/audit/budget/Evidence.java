package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.audit.measurement.Measurement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that budgets are held against.
 *
 * @param findings empty when none was looked for
 * @param growth null when there is nothing to compare with
 * @param history empty when none is kept
 */
public record Evidence(Measurement measurement, List<Finding> findings, @Nullable Growth growth, History history) {
    /** An image of which nothing else is known. */
    public Evidence(Measurement measurement) {
        this(measurement, List.of(), null, History.empty());
    }

    public Evidence {
        findings = List.copyOf(findings);
    }
}
