package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.finding.Rules;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.Level;
import io.github.bitnetmaven.configuration.Problems;
import io.github.bitnetmaven.configuration.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code <findings>}: rules that must find nothing, such as {@code <BN001>ERROR</BN001>}; {@code all} means every rule. */
record FindingBudget(String rule, String title, BudgetTerms terms) implements Budget {
    private static final String WHERE = "<budgets><findings>";
    private static final String ALL = "ALL";
    private static final String OFF = "OFF";
    private static final int SHOWN = 200;

    static List<Budget> of(BudgetsParameters budgets) throws ConfigurationException {
        Map<String, String> titles = Rules.titles();
        Problems problems = new Problems();
        Map<String, Level> levels = new TreeMap<>();
        List<String> off = new ArrayList<>();
        Level ofAll = null;
        for (Map.Entry<String, @Nullable String> entry : new TreeMap<>(budgets.findings()).entrySet()) {
            String rule = entry.getKey().strip().toUpperCase(Locale.ROOT);
            String level = entry.getValue();
            try {
                if (rule.equals(ALL)) {
                    ofAll = level(level, entry.getKey());
                } else if (!titles.containsKey(rule)) {
                    throw unknown(entry.getKey(), rule, titles);
                } else if (level != null && level.strip().equalsIgnoreCase(OFF)) {
                    off.add(rule);
                } else {
                    levels.put(rule, level(level, entry.getKey()));
                }
            } catch (ConfigurationException e) {
                problems.add(e.getMessage());
            }
        }
        problems.throwIfAny();
        for (String rule : ofAll == null ? List.<String>of() : List.copyOf(titles.keySet())) {
            levels.putIfAbsent(rule, ofAll);
        }
        off.forEach(levels::remove);
        List<Budget> all = new ArrayList<>();
        levels.forEach((rule, level) -> all.add(new FindingBudget(
                rule, titles.get(rule), new BudgetTerms(WHERE + "<" + rule + ">", level, null))));
        return all;
    }

    private static Level level(@Nullable String text, String name) throws ConfigurationException {
        String where = WHERE + "<" + Printable.of(name, SHOWN) + "> (-Dbitnet.budget.findings)";
        if (text != null && text.strip().equalsIgnoreCase(OFF)) {
            throw new ConfigurationException(where + " is OFF, which takes one rule out of all. Remove it instead.");
        }
        try {
            return Level.parse(text == null || text.isBlank() ? null : text, where);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(where + " is '" + Printable.of(String.valueOf(text), SHOWN)
                    + "', but must be ERROR (the default), WARN or OFF.");
        }
    }

    private static ConfigurationException unknown(String name, String rule, Map<String, String> titles) {
        String meant = Spelling.nearest(rule, titles.keySet())
                .map(near -> " Did you mean " + near + " (" + titles.get(near) + ")?")
                .orElse(" The rules are " + String.join(", ", titles.keySet()) + ", and all for every one.");
        return new ConfigurationException(WHERE + " (-Dbitnet.budget.findings) names a rule '"
                + Printable.of(name, SHOWN) + "', which does not exist." + meant);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        List<Finding> found = evidence.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
        long bytes = found.stream().mapToLong(Finding::bytes).sum();
        Contributors largest = new Contributors();
        found.stream()
                .filter(finding -> finding.layer() >= 0 && largest.mayKeep(finding.bytes()))
                .forEach(finding -> largest.add(new Contributor(finding.path(), finding.bytes(), finding.layer())));
        boolean kept = found.isEmpty();
        String count = kept ? "none" : found.size() == 1 ? "1 finding" : found.size() + " findings";
        return new Verdict(
                "findings",
                rule,
                "none",
                0,
                bytes,
                Verdict.Unit.BYTES,
                terms.level(),
                terms.reason(),
                kept,
                count,
                "",
                message(evidence.measurement().name(), found, bytes),
                largest.list());
    }

    private String message(String image, List<Finding> found, long bytes) {
        if (found.isEmpty()) {
            return "The image " + image + " has no finding " + rule + " (" + title + ").";
        }
        Finding first = found.get(0);
        return "The image " + image + " has " + (found.size() == 1 ? "one finding " : found.size() + " findings ") + rule
                + " (" + title + ")" + (bytes > 0 ? " with " + ByteSize.print(bytes) : "")
                + (first.path().isEmpty() ? "" : (found.size() == 1 ? ", at " : ", the first at ")
                        + Printable.of("/" + first.path(), SHOWN))
                + ". " + first.advice();
    }
}
