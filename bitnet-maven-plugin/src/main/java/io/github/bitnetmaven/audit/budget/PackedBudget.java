package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.MeasurementException;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LimitParameters;
import io.github.bitnetmaven.image.Outline;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code <packed>}: what a registry transfers. Only where the source tells it exactly; never an estimate. */
record PackedBudget(ByteLimit limit) implements Budget {
    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        LimitParameters parameters = budgets.packed();
        return parameters == null
                ? List.of()
                : List.of(new PackedBudget(ByteLimit.of("packed", "<budgets><packed>", parameters)));
    }

    @Override
    public BudgetTerms terms() {
        return limit.terms();
    }

    @Override
    public Verdict judge(Evidence evidence) throws MeasurementException {
        Measurement measurement = evidence.measurement();
        Long packed = measurement.sizes().packedBytes();
        if (packed == null) {
            throw new MeasurementException(limit.terms().where() + " cannot be judged: the source "
                    + measurement.image().source().id() + " does not hold the compressed layers of "
                    + measurement.name() + ". Audit the image in a registry or as an OCI layout, or remove the"
                    + " budget.");
        }
        return judge(
                measurement.name(), packed, () -> Contributors.inLayers(measurement, (layer, entry) -> true));
    }

    @Override
    public Optional<String> foresee(String name, Outline outline) {
        Verdict verdict = judge(name, outline.packedBytes(), List::of);
        return verdict.kept() ? Optional.empty() : Optional.of(verdict.message());
    }

    private Verdict judge(String name, long packed, Supplier<List<Contributor>> contributors) {
        return limit.judge(name, "The image " + name + " has", "packed", packed, contributors);
    }
}
