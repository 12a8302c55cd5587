package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.Measurement;
import java.util.List;

/**
 * All that budgets are held against.
 *
 * @param findings empty when none was looked for
 */
public record Evidence(Measurement measurement, List<Finding> findings) {
    public Evidence {
        findings = List.copyOf(findings);
    }
}
