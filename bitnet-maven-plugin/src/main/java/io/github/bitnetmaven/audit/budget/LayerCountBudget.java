package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LimitParameters;
import java.util.List;

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
        int actual = measurement.sizes().layerCount();
        int over = actual - maximum;
        String kept = over == 0 ? "exactly" : Math.abs(over) + (over > 0 ? " more than" : " less than");
        String message = "The image " + measurement.name() + " has " + actual + (actual == 1 ? " layer" : " layers")
                + ", which is " + kept + " its budget layerCount of " + maximum + ".";
        return new Verdict(
                "layerCount",
                measurement.name(),
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
