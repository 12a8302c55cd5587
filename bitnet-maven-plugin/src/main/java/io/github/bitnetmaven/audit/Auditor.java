package io.github.bitnetmaven.audit;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.budget.Budget;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.budget.Evidence;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.content.AuditObserver;
import io.github.bitnetmaven.audit.content.Contents;
import io.github.bitnetmaven.audit.content.Copies;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.finding.Rules;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.GrowthComparison;
import io.github.bitnetmaven.audit.growth.GrowthReference;
import io.github.bitnetmaven.audit.growth.MeasuredSnapshot;
import io.github.bitnetmaven.audit.measurement.ContentsNeededException;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.configuration.Waiver;
import io.github.bitnetmaven.image.ContentObserver;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Holds images against budgets.
 *
 * @param modelPatterns which paths are models
 * @param past what growth is measured against
 * @param clock tells whether a waiver is still in force
 */
public record Auditor(
        Budgets budgets, PathPatterns modelPatterns, Past past, Clock clock) {

    /** An auditor of today, by the calendar of UTC so that every machine says the same. */
    public Auditor(Budgets budgets, PathPatterns modelPatterns) {
        this(budgets, modelPatterns, Past.none(), Clock.systemUTC());
    }

    /** The same, and tells growth. */
    public Auditor against(Past other) {
        return new Auditor(budgets, modelPatterns, other, clock);
    }

    /**
     * Reads an image and audits it. Where contents were skipped, it is read once more for those files that may be copies;
     * and with all contents where these alone can tell whether two small models are one that is stored twice.
     */
    public Audit audit(ImageSource source, ReadOptions options, Progress progress) throws BitnetException {
        ReadOptions observed = observed(options, AuditObserver.inPassing());
        Image image = source.read(observed, progress);
        Set<Long> sizes = Copies.sizesToCompare(image);
        if (!sizes.isEmpty()) {
            image = source.read(observed(options, AuditObserver.ofSizes(sizes)), progress);
        }
        try {
            return audit(image);
        } catch (ContentsNeededException e) {
            if (options.contentDigests()) {
                throw e;
            }
            return audit(source.read(observed.withContentDigests(), progress));
        }
    }

    private static ReadOptions observed(ReadOptions options, ContentObserver first) {
        List<ContentObserver> observers = new ArrayList<>(List.of(first));
        observers.addAll(options.observers());
        return options.withObservers(observers);
    }

    /**
     * Audits an image.
     *
     * @throws ContentsNeededException when it must be read with the digests of its contents
     * @throws BitnetException when a figure cannot be exact, or growth cannot be told
     */
    public Audit audit(Image image) throws BitnetException {
        Measurement measurement = Measurement.of(image, modelPatterns);
        Contents contents = Contents.of(image);
        // Both look at every file, and neither at what the other makes of it.
        CompletableFuture<List<Finding>> finding = CompletableFuture.supplyAsync(
                () -> Rules.findings(measurement, contents), task -> new Thread(task, "bitnet findings").start());
        Components components = Components.of(measurement, contents);
        GrowthReference reference = past.reference();
        Growth growth = reference == null
                ? null
                : GrowthComparison.compare(reference, new MeasuredSnapshot(measurement, components));
        List<Verdict> verdicts = new ArrayList<>();
        List<Finding> findings = finding.join();
        Evidence evidence = new Evidence(measurement, findings, growth, past.history());
        for (Budget budget : budgets.all()) {
            Verdict verdict = budget.judge(evidence);
            Waiver waiver = budget.terms().waiver();
            verdicts.add(waiver == null ? verdict : verdict.under(waiver, LocalDate.now(clock)));
        }
        return new Audit(measurement, components, verdicts, findings, growth);
    }
}
