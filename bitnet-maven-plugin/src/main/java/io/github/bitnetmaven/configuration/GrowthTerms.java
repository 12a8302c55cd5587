package io.github.bitnetmaven.configuration;

/**
 * {@code <budgets><growth>}, validated. The budget is passed when growth is more than the maximum and more than the
 * minimum of bytes, too.
 *
 * @param minimumBytes growth up to it never counts
 * @param ifMissing what becomes of the budget when there is no baseline
 * @param counted what must not grow
 * @param window how many audits of the history are looked back at; 0 for none
 */
public record GrowthTerms(
        GrowthLimit maximum, long minimumBytes, IfMissing ifMissing, Counted counted, int window, BudgetTerms terms) {

    /** What becomes of the budget when there is no baseline. */
    public enum IfMissing {
        /** It is not kept. */
        FAIL,
        /** It is not kept, but of level WARN. */
        WARN,
        /** It is kept. */
        IGNORE
    }

    /** What must not grow. */
    public enum Counted {
        /** What is above the base image, and the model, each on its own account. */
        OWN,
        /** All layers together. */
        IMAGE
    }

    /** How many bytes something of that size may grow. */
    public long allowed(long before) {
        return Math.max(maximum.allowed(before), minimumBytes);
    }
}
