package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/** What every element below {@code <budgets>} may carry. Maven fills the fields. */
public class BudgetParameters {
    /** {@code ERROR} (default) or {@code WARN}. A string, since Maven's own message for a wrong enum names no path. */
    @Nullable String level;

    @Nullable String reason;

    /** Until when the budget may be passed, and why. */
    @Nullable WaiverParameters waiver;

    /**
     * Level, reason and waiver, validated.
     *
     * @param where XML path of this element
     */
    public BudgetTerms terms(String where) throws ConfigurationException {
        String why = reason == null || reason.isBlank() ? null : reason.strip().replaceAll("\\s+", " ");
        Waiver until = waiver == null ? null : Waiver.parse(waiver.until, waiver.reason, where + "<waiver>");
        return new BudgetTerms(where, Level.parse(level, where + "<level>"), why, until);
    }
}
