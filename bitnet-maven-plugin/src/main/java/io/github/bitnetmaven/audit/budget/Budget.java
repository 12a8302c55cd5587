package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.MeasurementException;
import io.github.bitnetmaven.audit.verdict.Verdict;

/** A limit that an image must keep. Listed in {@link Budgets}. */
public interface Budget {
    /**
     * @throws MeasurementException when what the budget limits is not known exactly
     */
    Verdict judge(Measurement measurement) throws MeasurementException;
}
