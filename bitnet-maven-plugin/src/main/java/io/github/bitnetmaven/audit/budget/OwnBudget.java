package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LimitParameters;
import java.util.List;
import java.util.Optional;

/** {@code <own>}: the unpacked bytes of the layers above the base image. */
record OwnBudget(ByteLimit limit) implements Budget {
    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        LimitParameters parameters = budgets.own();
        return parameters == null
                ? List.of()
                : List.of(new OwnBudget(ByteLimit.of("own", "<budgets><own>", parameters)));
    }

    @Override
    public BudgetTerms terms() {
        return limit.terms();
    }

    @Override
    public Optional<Verdict> judgeModelAlone(String model, long bytes) {
        return limit.judgeModelAlone(model, bytes);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Measurement measurement = evidence.measurement();
        return limit.judge(
                measurement.name(),
                "The image " + measurement.name() + " has",
                "without its base image",
                measurement.sizes().ownBytes(),
                () -> Contributors.inLayers(measurement, (layer, entry) ->
                        !measurement.image().layers().get(layer).base()));
    }
}
