package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/**
 * What every budget carries beside its limit.
 *
 * @param where XML path, and property where there is one, for messages
 * @param reason why the budget is as it is; shown when it is passed
 * @param waiver until when it may be passed; null when it never may
 */
public record BudgetTerms(String where, Level level, @Nullable String reason, @Nullable Waiver waiver) {
    /** Terms without a waiver. */
    public BudgetTerms(String where, Level level, @Nullable String reason) {
        this(where, level, reason, null);
    }
}
