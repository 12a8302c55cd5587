package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.PathLimitParameters;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.ArrayList;
import java.util.List;

/** {@code <paths><path>}: the visible bytes of the files that patterns choose. */
record PathBudget(ByteLimit limit, PathPatterns patterns) implements Budget {
    private static final String WHERE = "<budgets><paths><path>";

    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        List<Budget> all = new ArrayList<>();
        for (PathLimitParameters path : budgets.paths()) {
            if (path.includes().isEmpty()) {
                throw new ConfigurationException(WHERE + " has no includes. Write at least one, such as"
                        + " <includes><include>/usr/lib/**</include></includes>.");
            }
            all.add(new PathBudget(
                    ByteLimit.of("paths", WHERE, path),
                    new PathPatterns(
                            PathPatterns.parse(path.includes(), WHERE + "<includes>"),
                            PathPatterns.parse(path.excludes(), WHERE + "<excludes>"))));
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
        MergedFileSystem files = measurement.image().files();
        Contributors largest = new Contributors();
        long bytes = 0;
        long count = 0;
        for (int i = 0; i < files.size(); i++) {
            if (!Components.isFileOrLink(files.type(i))) {
                continue;
            }
            String path = files.path(i);
            if (patterns.matches(path)) {
                count++;
                bytes += files.bytes(i);
                if (largest.mayKeep(files.bytes(i))) {
                    largest.add(new Contributor(path, files.bytes(i), files.layer(i)));
                }
            }
        }
        if (count == 0) {
            return limit.matchesNothing(
                    patterns.toString(),
                    "No file of " + measurement.name() + " matches " + patterns + ", so its budget paths of "
                            + limit.maximum() + " limits nothing. Correct the patterns or remove the budget.");
        }
        String chosen = (count == 1 ? "the one file that matches " : "the " + count + " files that match ") + patterns;
        return limit.judge(
                patterns.toString(),
                "In " + measurement.name() + ", " + chosen + (count == 1 ? " has" : " have"),
                "",
                bytes,
                largest::list);
    }
}
