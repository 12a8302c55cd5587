package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.MeasurementException;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;

/** A limit that an image must keep. Listed in {@link Budgets}. */
public interface Budget {
    /**
     * @throws MeasurementException when what the budget limits is not known exactly
     */
    Verdict judge(Evidence evidence) throws MeasurementException;

    /** What the budget carries beside its limit; its waiver is applied to the verdict by who asks for it. */
    BudgetTerms terms();
}
