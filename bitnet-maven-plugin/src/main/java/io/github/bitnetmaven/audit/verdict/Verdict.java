package io.github.bitnetmaven.audit.verdict;

import io.github.bitnetmaven.configuration.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one budget.
 *
 * @param budget its name, the element below {@code <budgets>}
 * @param subject what it was held against: the image, a layer, a pattern; safe to print
 * @param limit as written, such as {@code 1.4GB}
 * @param limitValue in units
 * @param actualValue in units
 * @param actual for a table, rounded away from the limit
 * @param difference for a table, such as {@code 20 MB over}; empty when there is nothing to subtract
 * @param message a whole sentence, safe to print
 * @param contributors the largest files that count, largest first; empty when the budget was kept
 */
public record Verdict(
        String budget,
        String subject,
        String limit,
        long limitValue,
        long actualValue,
        Unit unit,
        Level level,
        @Nullable String reason,
        boolean kept,
        String actual,
        String difference,
        String message,
        List<Contributor> contributors) {

    /** What the values count. */
    public enum Unit {
        BYTES,
        LAYERS
    }

    public Verdict {
        contributors = List.copyOf(contributors);
    }

    /** Whether the build must fail. */
    public boolean fails() {
        return !kept && level == Level.ERROR;
    }

    /** Whether the budget was passed, but only a warning was asked for. */
    public boolean warns() {
        return !kept && level == Level.WARN;
    }
}
