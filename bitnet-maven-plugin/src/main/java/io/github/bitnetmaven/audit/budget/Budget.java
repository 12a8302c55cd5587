package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.MeasurementException;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.image.Outline;
import java.util.Optional;

/** A limit that an image must keep. Listed in {@link Budgets}. */
public interface Budget {
    /**
     * @throws MeasurementException when what the budget limits is not known exactly
     */
    Verdict judge(Evidence evidence) throws MeasurementException;

    /**
     * Judges, before there is an image, whether it could hold the model at all; empty where its size says nothing.
     *
     * @param bytes of the model
     */
    default Optional<Verdict> judgeModelAlone(String model, long bytes) {
        return Optional.empty();
    }

    /** What the budget carries beside its limit; its waiver is applied to the verdict by who asks for it. */
    BudgetTerms terms();

    /**
     * The sentence of a budget that is exceeded as can be told before the image's layers are read; empty where that cannot
     * be told yet. The verdict is given in the end all the same.
     *
     * @param name of the image, safe to print
     */
    default Optional<String> foresee(String name, Outline outline) {
        return Optional.empty();
    }
}
