package io.github.bitnetmaven.audit.verdict;

import java.util.Locale;

/** How an audit ended. */
public enum Outcome {
    PASS,
    /** Only budgets of level WARN were passed. */
    WARN,
    FAIL,
    /** The audit could not be done, or not with certainty. */
    ERROR;

    /** The name in {@code audit.json}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
