package io.github.bitnetmaven.report.console;

import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.verdict.Verdict;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How long the waivers still hold: for people only, since it is another number each day. */
public final class WaiverNotes {
    private WaiverNotes() {}

    /** A sentence for each budget that is passed under a waiver. */
    public static List<String> of(List<Verdict> verdicts, LocalDate today) {
        return verdicts.stream()
                .filter(Verdict::isWaived)
                .map(verdict -> note(verdict, verdict.waived(), today))
                .toList();
    }

    private static String note(Verdict verdict, Verdict.Waived waived, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, waived.until());
        String left = days == 0
                ? "ends today"
                : "ends on " + waived.until() + ", in " + days + (days == 1 ? " day" : " days");
        return "The budget " + verdict.budget() + " of " + Printable.of(verdict.limit())
                + " is passed under a waiver, which " + left + ". After that day it counts again.";
    }
}
