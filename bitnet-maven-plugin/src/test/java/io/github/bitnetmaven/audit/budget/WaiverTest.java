package io.github.bitnetmaven.audit.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.Past;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.report.console.WaiverNotes;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaiverTest {
    private static final String TOO_BIG = "<image><maximum>1MB</maximum><waiver><until>2026-12-31</until>"
            + "<reason>debug symbols\n  until the crash is found</reason></waiver></image>";

    private static Audit audit(String budgets, String today) throws BitnetException {
        TestImage image = new TestImage();
        image.layer("COPY . /").file("app", 2_000_000);
        Clock clock = Clock.fixed(LocalDate.parse(today).atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        return new Auditor(
                        Budgets.of(Xml.budgets(budgets)), PathPatterns.including(List.of("**/*.gguf"), "<p>"), Past.none(), clock)
                .audit(image.build());
    }

    private static void assertRefused(String waiver, String message) {
        String budgets = "<image><maximum>1MB</maximum><waiver>" + waiver + "</waiver></image>";
        assertThatThrownBy(() -> Budgets.of(Xml.budgets(budgets)).refuseLongWaivers(LocalDate.parse("2026-11-24")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void aBudgetThatIsPassedUnderAWaiverIsAWarning() throws BitnetException {
        Audit audit = audit(TOO_BIG, "2026-12-31");

        assertThat(audit.outcome()).isEqualTo(Outcome.WARN);
        assertThat(audit.verdicts().get(0).isWaived()).isTrue();
        assertThat(audit.verdicts().get(0).message())
                .isEqualTo("The image acme/bitnet:1.0 has 2 MB, which is 1 MB more than its budget image of 1 MB."
                        + " It is waived until 2026-12-31: debug symbols until the crash is found");
    }

    @Test
    void peopleAreToldHowManyDaysAreLeft() throws BitnetException {
        assertThat(WaiverNotes.of(audit(TOO_BIG, "2026-12-01").verdicts(), LocalDate.parse("2026-12-01")))
                .containsExactly("The budget image of 1MB is passed under a waiver, which ends on 2026-12-31, in 30 days."
                        + " After that day it counts again.");
        assertThat(WaiverNotes.of(audit(TOO_BIG, "2026-12-31").verdicts(), LocalDate.parse("2026-12-31")))
                .containsExactly(
                        "The budget image of 1MB is passed under a waiver, which ends today. After that day it counts"
                                + " again.");
    }

    @Test
    void theDayAfterTheBudgetFailsAgain() throws BitnetException {
        Audit audit = audit(TOO_BIG, "2027-01-01");

        assertThat(audit.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(audit.failureMessage())
                .isEqualTo("1 of 1 budgets exceeded for acme/bitnet:1.0:\n"
                        + "- The image acme/bitnet:1.0 has 2 MB, which is 1 MB more than its budget image of 1 MB. Its"
                        + " waiver ended on 2026-12-31 (debug symbols until the crash is found).");
    }

    @Test
    void aBudgetThatIsKeptNeedsNoWaiver() throws BitnetException {
        Audit audit = audit(TOO_BIG.replace(">1MB<", ">2MB<"), "2026-12-01");

        assertThat(audit.outcome()).isEqualTo(Outcome.PASS);
        assertThat(audit.verdicts().get(0).waived()).isNull();
        assertThat(audit.verdicts().get(0).message())
                .isEqualTo("The image acme/bitnet:1.0 has 2 MB, which is exactly its budget image of 2 MB. Its waiver"
                        + " until 2026-12-31 is not needed.");
    }

    @Test
    void aWaiverHasToEndWithinAYear() throws BitnetException {
        assertRefused(
                "<until>2027-11-25</until><reason>x</reason>",
                "<budgets><image><waiver><until> is 2027-11-25, more than a year after today, 2026-11-24. Write a day"
                        + " within a year, or raise the budget.");
        Budgets.of(Xml.budgets(TOO_BIG.replace("2026-12-31", "2027-11-24")))
                .refuseLongWaivers(LocalDate.parse("2026-11-24"));
    }

    @Test
    void aWaiverNeedsADayAndAReason() {
        assertRefused(
                "<reason>x</reason>",
                "<budgets><image><waiver> has no date. Write the last day on which it holds, such as"
                        + " <until>2027-03-31</until>.");
        assertRefused(
                "<until>2026-12-31</until><reason> </reason>",
                "<budgets><image><waiver> has no reason. Write why the budget may be passed, such as <reason>debug"
                        + " symbols until the crash is found</reason>.");
    }

    @Test
    void aDayThatThereIsNotIsRefused() {
        for (String day : List.of("31.12.2026", "2026-02-30", "2026-12-31T00:00:00Z", "soon")) {
            assertRefused(
                    "<until>" + day + "</until><reason>x</reason>",
                    "<budgets><image><waiver><until> is '" + day + "', but must be a day that there is, year, month and"
                            + " day, such as 2027-03-31.");
        }
    }
}
