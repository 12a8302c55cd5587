package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.measurement.InstructionPattern;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LayerLimitParameters;
import java.util.ArrayList;
import java.util.List;

/** {@code <layers><layer>}: the unpacked bytes of each layer whose instruction matches a pattern. */
record InstructionBudget(ByteLimit limit, InstructionPattern pattern) implements Budget {
    private static final String WHERE = "<budgets><layers><layer>";

    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        List<Budget> all = new ArrayList<>();
        for (LayerLimitParameters layer : budgets.layers()) {
            String createdBy = layer.createdBy();
            if (createdBy == null) {
                throw new ConfigurationException(WHERE + " has no createdBy. Write the instruction that makes the"
                        + " layer, such as <createdBy>COPY * /app/models/*</createdBy>; for a limit of every layer use"
                        + " <budgets><layer>.");
            }
            all.add(new InstructionBudget(
                    ByteLimit.of("layers", WHERE, layer), InstructionPattern.parse(createdBy, WHERE + "<createdBy>")));
        }
        return all;
    }

    @Override
    public BudgetTerms terms() {
        return limit.terms();
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Measurement measurement = evidence.measurement();
        LargestLayer largest =
                LargestLayer.of(measurement, layer -> pattern.matches(measurement.instruction(layer)));
        return largest == null
                ? limit.matchesNothing(pattern.toString(), noMatch(measurement))
                : largest.judge(limit, pattern.toString(), measurement);
    }

    private String noMatch(Measurement measurement) {
        String start = "No layer of " + measurement.name() + " was made by an instruction that matches '" + pattern
                + "', so its budget layers of " + limit.maximum() + " limits nothing. ";
        return measurement.image().configuration().historyAligned()
                ? start + "Compare the pattern with the instructions of the layers, or remove the budget."
                : start + "The history of the image does not tell which instruction made which layer.";
    }
}
