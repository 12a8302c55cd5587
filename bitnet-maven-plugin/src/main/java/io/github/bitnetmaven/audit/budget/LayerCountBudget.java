package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LimitParameters;
import io.github.bitnetmaven.image.Outline;
import java.util.List;
import java.util.Optional;

/** {@code <layerCount>}: how many layers the image has. */
record LayerCountBudget(int maximum, BudgetTerms terms) implements Budget {
    private static final String WHERE = "<budgets><layerCount>";

    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        LimitParameters parameters = budgets.layerCount();
        return parameters == null
                ? List.of()
                : List.of(new LayerCountBudget(parameters.maximumCount(WHERE), parameters.terms(WHERE)));
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Measurement measurement = evidence.measurement();
        return judge(measurement.name(), measurement.sizes().layerCount());
    }

    @Override
    public Optional<String> foresee(String name, Outline outline) {
        Verdict verdict = judge(name, outline.layerCount());
        return verdict.kept() ? Optional.empty() : Optional.of(verdict.message());
    }

    private Verdict judge(String name, int actual) {
        int over = actual - maximum;
        String kept = over == 0 ? "exactly" : Math.abs(over) + (over > 0 ? " more than" : " less than");
        String message = "The image " + name + " has " + actual + (actual == 1 ? " layer" : " layers")
                + ", which is " + kept + " its budget layerCount of " + maximum + ".";
        return new Verdict(
                "layerCount",
                name,
                Integer.toString(maximum),
                maximum,
                actual,
                Verdict.Unit.LAYERS,
                terms.level(),
                terms.reason(),
                over <= 0,
                Integer.toString(actual),
                Math.abs(over) + (over > 0 ? " over" : " left"),
                message + ByteLimit.reason(terms, over <= 0),
                List.of());
    }
}
