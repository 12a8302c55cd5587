package io.github.bitnetmaven.audit.verdict;

import io.github.bitnetmaven.configuration.Level;
import io.github.bitnetmaven.configuration.Waiver;
import java.time.LocalDate;
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
 * @param waived the waiver of a budget that was not kept; null when it was kept or has none
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
        List<Contributor> contributors,
        @Nullable Waived waived) {

    /** What the values count. */
    public enum Unit {
        BYTES,
        LAYERS
    }

    /**
     * The waiver of a budget that was not kept.
     *
     * @param until the last day on which it holds
     * @param inForce whether that day was not over when the image was audited
     */
    public record Waived(LocalDate until, String reason, boolean inForce) {}

    public Verdict {
        contributors = List.copyOf(contributors);
    }

    /** A verdict that no waiver touches. */
    public Verdict(
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
        this(
                budget, subject, limit, limitValue, actualValue, unit, level, reason, kept, actual, difference, message,
                contributors, null);
    }

    /** The budget's name, with what it is held against where there may be several of that name; safe to print. */
    public String label() {
        return switch (budget) {
            case "layers", "paths", "forbidden", "findings" -> budget + " " + subject;
            default -> budget;
        };
    }

    /**
     * The same verdict under a waiver. The message tells no number of days: the same image has the same {@code
     * audit.json} on each day of it.
     */
    public Verdict under(Waiver waiver, LocalDate today) {
        boolean inForce = !today.isAfter(waiver.until());
        String added = kept
                ? " Its waiver until " + waiver.until() + " is not needed."
                : inForce
                        ? " It is waived until " + waiver.until() + ": " + waiver.reason()
                        : " Its waiver ended on " + waiver.until() + " (" + waiver.reason() + ").";
        return new Verdict(
                budget, subject, limit, limitValue, actualValue, unit, level, reason, kept, actual, difference,
                message + added, contributors, kept ? null : new Waived(waiver.until(), waiver.reason(), inForce));
    }

    /** Whether the build must fail. */
    public boolean fails() {
        return !kept && level == Level.ERROR && !isWaived();
    }

    /** Whether the budget was passed, but only a warning was asked for, or a waiver is in force. */
    public boolean warns() {
        return !kept && !fails();
    }

    /** Whether the budget was passed under a waiver that is in force. */
    public boolean isWaived() {
        return waived != null && waived.inForce();
    }
}
