package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.PathPattern;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ForbiddenParameters;
import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.Layer;
import java.util.ArrayList;
import java.util.List;

/** {@code <forbidden><path>}: files that must not be in any layer, not even in one that a later layer hides. */
record ForbiddenBudget(PathPattern pattern, BudgetTerms terms) implements Budget {
    private static final String WHERE = "<budgets><forbidden>";

    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        ForbiddenParameters parameters = budgets.forbidden();
        if (parameters == null) {
            return List.of();
        }
        if (parameters.paths().isEmpty()) {
            throw new ConfigurationException(
                    WHERE + " has no path. Write at least one, such as <path>/root/.cache/**</path>.");
        }
        List<Budget> all = new ArrayList<>();
        for (PathPattern pattern : PathPatterns.parse(parameters.paths(), WHERE + "<path>")) {
            all.add(new ForbiddenBudget(pattern, parameters.terms(WHERE)));
        }
        return all;
    }

    @Override
    public Verdict judge(Evidence evidence) {
        Measurement measurement = evidence.measurement();
        Contributors largest = new Contributors();
        long bytes = 0;
        long count = 0;
        for (Layer layer : measurement.image().layers()) {
            EntryTable entries = layer.entries();
            for (int i = 0; i < entries.size(); i++) {
                if (Components.isFileOrLink(entries.type(i)) && pattern.matches(entries.path(i))) {
                    count++;
                    bytes += entries.bytes(i);
                    largest.add(new Contributor(entries.path(i), entries.bytes(i), layer.index()));
                }
            }
        }
        boolean kept = count == 0;
        return new Verdict(
                "forbidden",
                pattern.toString(),
                "none",
                0,
                bytes,
                Verdict.Unit.BYTES,
                terms.level(),
                terms.reason(),
                kept,
                count == 0 ? "none" : count == 1 ? "1 file" : count + " files",
                "",
                message(measurement.name(), count, bytes) + ByteLimit.reason(terms, kept),
                largest.list());
    }

    private String message(String image, long count, long bytes) {
        if (count == 0) {
            return "No layer of " + image + " has a file that matches the forbidden path " + pattern + ".";
        }
        return "The layers of " + image + " have " + (count == 1 ? "one file" : count + " files") + " with "
                + ByteSize.print(bytes) + (count == 1 ? " that matches" : " that match") + " the forbidden path "
                + pattern + ".";
    }
}
