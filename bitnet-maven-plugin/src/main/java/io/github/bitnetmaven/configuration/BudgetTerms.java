package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/**
 * What every budget carries beside its limit.
 *
 * @param where XML path, and property where there is one, for messages
 * @param reason why the budget is as it is; shown when it is passed
 */
public record BudgetTerms(String where, Level level, @Nullable String reason) {}
