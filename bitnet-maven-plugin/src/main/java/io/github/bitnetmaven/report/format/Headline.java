package io.github.bitnetmaven.report.format;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.verdict.Verdict;

/** How an audit ended, in a few words that are the same in every report. Safe to print. */
public final class Headline {
    private static final int MAX_ERROR = 2_000;

    private Headline() {}

    /** Such as {@code 2 of 7 budgets exceeded, 1 warning}; the error of an audit that could not be done. */
    public static String of(RecordedAudit audit) {
        long failed = audit.verdicts().stream().filter(Verdict::fails).count();
        long warned = audit.verdicts().stream().filter(Verdict::warns).count();
        String of = " of " + counted(audit.verdicts().size(), "budget");
        String warnings = warned == 0 ? "" : ", " + counted(warned, "warning");
        return switch (audit.outcome()) {
            case PASS -> audit.verdicts().size() + of + " kept";
            case WARN, FAIL -> failed + of + " exceeded" + warnings;
            case ERROR -> error(audit);
        };
    }

    /** Why the audit could not be done. */
    public static String error(RecordedAudit audit) {
        return Printable.of(String.valueOf(audit.error()), MAX_ERROR);
    }

    /** Such as {@code 1 file} and {@code 2 files}. */
    public static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
