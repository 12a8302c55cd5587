package io.github.bitnetmaven.audit;

import io.github.bitnetmaven.audit.budget.Budget;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.measurement.ContentsNeededException;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.MeasurementException;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds images against budgets.
 *
 * @param modelPatterns which paths are models
 */
public record Auditor(Budgets budgets, PathPatterns modelPatterns) {

    /**
     * Reads an image and audits it. Where only contents can tell (two model files of the same size may be one model
     * stored twice) it is read once more with them.
     */
    public Audit audit(ImageSource source, ReadOptions options, Progress progress)
            throws ImageException, MeasurementException {
        try {
            return audit(source.read(options, progress));
        } catch (ContentsNeededException e) {
            if (options.contentDigests()) {
                throw e;
            }
            ReadOptions withContents = new ReadOptions(
                    options.platform(), options.verifyDigests(), true, options.baseDiffIds(), options.observers());
            return audit(source.read(withContents, progress));
        }
    }

    /**
     * Audits an image.
     *
     * @throws ContentsNeededException when it must be read with the digests of its contents
     * @throws MeasurementException when a figure cannot be exact
     */
    public Audit audit(Image image) throws MeasurementException {
        Measurement measurement = Measurement.of(image, modelPatterns);
        List<Verdict> verdicts = new ArrayList<>();
        for (Budget budget : budgets.all()) {
            verdicts.add(budget.judge(measurement));
        }
        return new Audit(measurement, Components.of(measurement), verdicts, List.of());
    }
}
