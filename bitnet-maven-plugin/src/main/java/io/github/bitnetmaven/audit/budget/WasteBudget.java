package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LimitParameters;
import java.util.List;

/** {@code <waste>}: the bytes that lower layers carry although later layers overwrote, removed or hid them. */
record WasteBudget(ByteLimit limit) implements Budget {
    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        LimitParameters parameters = budgets.waste();
        return parameters == null
                ? List.of()
                : List.of(new WasteBudget(ByteLimit.of("waste", "<budgets><waste>", parameters)));
    }

    @Override
    public BudgetTerms terms() {
        return limit.terms();
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Measurement measurement = evidence.measurement();
        return limit.judge(
                measurement.name(),
                "The image " + measurement.name() + " has",
                "that a later layer overwrote, removed or hid",
                measurement.sizes().wastedBytes(),
                () -> Contributors.inLayers(measurement, (layer, entry) -> !measurement.isVisible(layer, entry)));
    }
}
