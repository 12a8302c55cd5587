package io.github.bitnetmaven.audit.budget;

import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.BudgetTerms;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.LimitParameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the budgets of bytes have in common.
 *
 * @param name the element below {@code <budgets>}
 */
record ByteLimit(String name, ByteSize maximum, BudgetTerms terms) {

    /**
     * @param where XML path of the element
     */
    static ByteLimit of(String name, String where, LimitParameters parameters) throws ConfigurationException {
        return new ByteLimit(name, parameters.maximumBytes(where), parameters.terms(where));
    }

    /**
     * Judges a number of bytes.
     *
     * @param subject of the verdict
     * @param before the bytes in the message, as in {@code The image x has}
     * @param after the bytes in the message, as in {@code without its model}; may be empty
     */
    Verdict judge(
            String subject, String before, String after, long actual, Supplier<List<Contributor>> contributors) {
        long over = actual - maximum.bytes();
        String kept = over == 0 ? "exactly" : ByteSize.print(Math.abs(over)) + (over > 0 ? " more than" : " less than");
        String message = before + " " + maximum.printActual(actual) + (after.isEmpty() ? "" : " " + after)
                + ", which is " + kept + " its budget " + name + " of " + maximum + ".";
        return new Verdict(
                name,
                subject,
                maximum.text(),
                maximum.bytes(),
                actual,
                Verdict.Unit.BYTES,
                terms.level(),
                terms.reason(),
                over <= 0,
                maximum.printActual(actual),
                over == 0 ? "0 B left" : ByteSize.print(Math.abs(over)) + (over > 0 ? " over" : " left"),
                message + reason(terms, over <= 0),
                over > 0 ? contributors.get() : List.of());
    }

    /** Judges the model that an image is to hold: what holds it is not smaller. */
    Optional<Verdict> judgeModelAlone(String model, long bytes) {
        return Optional.of(judge(model, "The model " + model + " alone has", "", bytes, List::of));
    }

    /** The budget chooses nothing, so it would keep nobody from anything. */
    Verdict matchesNothing(String subject, String message) {
        return new Verdict(
                name,
                subject,
                maximum.text(),
                maximum.bytes(),
                0,
                Verdict.Unit.BYTES,
                terms.level(),
                terms.reason(),
                false,
                "no match",
                "",
                message + reason(terms, false),
                List.of());
    }

    static String reason(BudgetTerms terms, boolean kept) {
        return kept || terms.reason() == null ? "" : " The reason given for the budget: " + terms.reason();
    }
}
