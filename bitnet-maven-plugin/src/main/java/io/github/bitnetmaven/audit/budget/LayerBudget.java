package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LimitParameters;
import java.util.List;
import java.util.Optional;

/** {@code <layer>}: the unpacked bytes of every single layer. */
record LayerBudget(ByteLimit limit) implements Budget {
    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        LimitParameters parameters = budgets.layer();
        return parameters == null
                ? List.of()
                : List.of(new LayerBudget(ByteLimit.of("layer", "<budgets><layer>", parameters)));
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
        LargestLayer largest = LargestLayer.of(measurement, layer -> true);
        if (largest == null) {
            return limit.matchesNothing(
                    measurement.name(),
                    "The image " + measurement.name() + " has no layers, so its budget layer of " + limit.maximum()
                            + " limits nothing.");
        }
        return largest.judge(limit, largest.name(measurement), measurement);
    }
}
