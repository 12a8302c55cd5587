package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LimitParameters;
import java.util.List;
import java.util.Optional;

/** {@code <image>}: the unpacked bytes of the whole image. */
record ImageBudget(ByteLimit limit) implements Budget {
    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        LimitParameters parameters = budgets.image();
        return parameters == null
                ? List.of()
                : List.of(new ImageBudget(ByteLimit.of("image", "<budgets><image>", parameters)));
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
                "",
                measurement.sizes().unpackedBytes(),
                () -> Contributors.inLayers(measurement, (layer, entry) -> true));
    }
}
