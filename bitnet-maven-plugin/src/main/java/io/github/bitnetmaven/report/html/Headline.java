package io.github.bitnetmaven.report.html;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.verdict.Verdict;

/** How the audit ended, in one sentence. */
final class Headline {
    private Headline() {}

    static String of(RecordedAudit audit) {
        int budgets = audit.verdicts().size();
        long failed = audit.verdicts().stream().filter(Verdict::fails).count();
        long warned = audit.verdicts().stream().filter(Verdict::warns).count();
        String of = " of " + budgets + (budgets == 1 ? " budget" : " budgets");
        String warnings = warned == 0 ? "" : ", and " + warned + (warned == 1 ? " more is" : " more are") + " worth a warning";
        return switch (audit.outcome()) {
            case PASS -> budgets == 0 ? "No budget is set." : budgets == 1 ? "The budget is kept." : "All " + budgets + " budgets are kept.";
            case WARN -> warned + of + (warned == 1 ? " is" : " are") + " exceeded, which is only a warning.";
            case FAIL -> failed + of + (failed == 1 ? " is" : " are") + " exceeded" + warnings + ".";
            case ERROR -> "The image could not be audited.";
        };
    }
}
