package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LimitParameters;
import java.util.List;

/** {@code <withoutModel>}: the unpacked bytes of all but the model; further copies of the model count. */
record WithoutModelBudget(ByteLimit limit) implements Budget {
    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        LimitParameters parameters = budgets.withoutModel();
        return parameters == null
                ? List.of()
                : List.of(new WithoutModelBudget(ByteLimit.of("withoutModel", "<budgets><withoutModel>", parameters)));
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
                "without its model",
                measurement.sizes().withoutModelBytes(),
                () -> Contributors.inLayers(measurement, (layer, entry) -> !measurement.isModel(layer, entry)));
    }
}
