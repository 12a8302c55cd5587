package io.github.bitnetmaven.audit;

import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.image.Image;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An image, judged.
 *
 * @param growth against a baseline; null when there is none
 */
public record Audit(
        Measurement measurement,
        Components components,
        List<Verdict> verdicts,
        List<Finding> findings,
        @Nullable Growth growth) {
    /** An audit without a baseline. */
    public Audit(
            Measurement measurement, Components components, List<Verdict> verdicts, List<Finding> findings) {
        this(measurement, components, verdicts, findings, null);
    }

    public Audit {
        verdicts = List.copyOf(verdicts);
        findings = List.copyOf(findings);
    }

    /** What {@code audit.json} keeps of it. */
    public RecordedAudit recorded() {
        return RecordedAudit.of(outcome(), measurement, components, verdicts, findings, growth);
    }

    public Image image() {
        return measurement.image();
    }

    public Sizes sizes() {
        return measurement.sizes();
    }

    public Outcome outcome() {
        if (verdicts.stream().anyMatch(Verdict::fails)) {
            return Outcome.FAIL;
        }
        return verdicts.stream().anyMatch(Verdict::warns) ? Outcome.WARN : Outcome.PASS;
    }

    /**
     * What is thrown at the user when the outcome is {@link Outcome#FAIL}: {@code N of M budgets exceeded for IMAGE},
     * and a line for each. Safe to print.
     */
    public String failureMessage() {
        List<Verdict> failed = verdicts.stream().filter(Verdict::fails).toList();
        return failed.size() + " of " + verdicts.size() + " budgets"
                + " exceeded for " + measurement.name() + ":\n"
                + failed.stream().map(verdict -> "- " + verdict.message()).collect(Collectors.joining("\n"));
    }
}
