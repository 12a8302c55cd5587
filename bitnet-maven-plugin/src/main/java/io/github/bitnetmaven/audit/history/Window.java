package io.github.bitnetmaven.audit.history;

import io.github.bitnetmaven.audit.verdict.Verdict;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many revisions a budget looks back at. It is the subject of the verdict, from which reports learn it. */
public record Window(int revisions) {
    private static final Pattern SUBJECT = Pattern.compile("last ([0-9]{1,9}) audits");

    /** As in {@code last 30 audits}. */
    public String subject() {
        return "last " + revisions + " audits";
    }

    /** The window of a verdict about growth that looked back. */
    public static Optional<Window> of(Verdict verdict) {
        Matcher subject = SUBJECT.matcher(verdict.subject());
        return verdict.budget().equals("growth") && subject.matches()
                ? Optional.of(new Window(Integer.parseInt(subject.group(1))))
                : Optional.empty();
    }
}
