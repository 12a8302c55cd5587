package io.github.bitnetmaven.audit.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.Past;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.audit.growth.GrowthReference;
import io.github.bitnetmaven.audit.growth.Snapshots;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.audit.history.HistoryEntry;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.ConfigurationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthBudgetTest {
    private static TestImage image(long own, long model) {
        TestImage image = new TestImage();
        image.layer("COPY app /app").file("app", own);
        if (model > 0) {
            image.layer("COPY m /m").file("m.gguf", model, "weights " + model);
        }
        return image;
    }

    private static List<Verdict> verdicts(String growth, @Nullable TestImage before, History history, TestImage after)
            throws BitnetException {
        GrowthReference reference = before == null
                ? null
                : new GrowthReference("baseline", "src/image-baseline.json", Snapshots.of(before), true);
        return new Auditor(
                        Budgets.of(Xml.budgets("<growth>" + growth + "</growth>")),
                        PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"))
                .against(new Past(reference, history))
                .audit(after.build())
                .verdicts();
    }

    private static Verdict verdict(String growth, @Nullable TestImage before, TestImage after) throws BitnetException {
        return verdicts(growth, before, History.empty(), after).get(0);
    }

    @Test
    void growthFailsWhenPercentageAndBytesArePassed() throws BitnetException {
        Verdict verdict = verdict(
                "<maximum>2%</maximum><minimumBytes>1MB</minimumBytes><reason>lean</reason>",
                image(50_000_000, 0), image(51_000_001, 0));

        assertThat(verdict.fails()).isTrue();
        assertThat(verdict.message())
                .isEqualTo("The image acme/bitnet:1.0 has 51 MB without its model, which is 1 MB (2.01 %) more than the 50"
                        + " MB in the baseline src/image-baseline.json, and 1 B more than its budget growth of 2% allows."
                        + " The reason given for the budget: lean");
        assertThat(verdict.limit()).isEqualTo("2%");
        assertThat(verdict.limitValue()).isEqualTo(51_000_000);
        assertThat(verdict.actualValue()).isEqualTo(51_000_001);
    }

    @Test
    void growthThatPassesThePercentageOnlyIsKept() throws BitnetException {
        Verdict verdict = verdict(
                "<maximum>2%</maximum><minimumBytes>1MB</minimumBytes>", image(5_000_000, 0), image(5_900_000, 0));

        assertThat(verdict.kept()).isTrue();
        assertThat(verdict.message())
                .isEqualTo("The image acme/bitnet:1.0 has 5.9 MB without its model, which is 900 kB (18 %) more than the 5"
                        + " MB in the baseline src/image-baseline.json: more than its budget growth of 2%, but no more than"
                        + " the 1 MB that never count.");
    }

    @Test
    void growthThatPassesTheBytesOnlyIsKept() throws BitnetException {
        Verdict verdict = verdict(
                "<maximum>2%</maximum><minimumBytes>1MB</minimumBytes>", image(100_000_000, 0), image(101_900_000, 0));

        assertThat(verdict.kept()).isTrue();
        assertThat(verdict.message())
                .isEqualTo("The image acme/bitnet:1.0 has 102 MB without its model, which is 1.9 MB (1.9 %) more than the"
                        + " 100 MB in the baseline src/image-baseline.json, and within its budget growth of 2%.");
    }

    @Test
    void aLargeModelHidesNoGrowthOfTheRest() throws BitnetException {
        Verdict verdict =
                verdict("<maximum>2%</maximum>", image(5_000_000, 1_200_000_000), image(6_000_000, 1_200_000_000));

        assertThat(verdict.fails()).isTrue();
        assertThat(verdict.actualValue()).isEqualTo(6_000_000);
    }

    @Test
    void theModelGrowsOnItsOwnAccount() throws BitnetException {
        assertThat(verdict("<maximum>2%</maximum>", image(5_000_000, 1_000_000_000), image(5_000_000, 1_100_000_000))
                        .message())
                .isEqualTo("The image acme/bitnet:1.0 has 1.1 GB of models, which is 100 MB (10 %) more than the 1 GB in"
                        + " the baseline src/image-baseline.json, and 80 MB more than its budget growth of 2% allows.");
    }

    @Test
    void aRefreshedBaseImageDoesNotCount() throws BitnetException {
        TestImage before = new TestImage();
        before.baseLayer("ADD").diffId("old").file("libc", 30_000_000);
        before.layer("COPY").file("app", 1_000_000);
        TestImage after = new TestImage();
        after.baseLayer("ADD").diffId("new").file("libc", 40_000_000);
        after.layer("COPY").file("app", 1_000_000);

        Verdict verdict = verdict("<maximum>0%</maximum>", before, after);
        assertThat(verdict.kept()).isTrue();
        assertThat(verdict.message())
                .isEqualTo("The image acme/bitnet:1.0 has 1 MB of its own, without base image and model, which is as much"
                        + " as in the baseline src/image-baseline.json; its budget growth is 0%. The base image was"
                        + " refreshed and has 10 MB more, which does not count.");
        assertThat(verdict("<maximum>2%</maximum><part>image</part>", before, after).message())
                .isEqualTo("The image acme/bitnet:1.0 has 41 MB in all layers, which is 10 MB (32.26 %) more than the 31"
                        + " MB in the baseline src/image-baseline.json, and 9.38 MB more than its budget growth of 2%"
                        + " allows.");
    }

    @Test
    void aMissingBaselineIsWhatTheBudgetSays() throws BitnetException {
        Verdict fails = verdict("<maximum>2%</maximum>", null, image(1, 0));
        assertThat(fails.fails()).isTrue();
        assertThat(fails.message())
                .isEqualTo("There is no baseline to measure the growth of acme/bitnet:1.0 against. Record one with"
                        + " bitnet:baseline and commit it, or set <growth><ifMissing> to IGNORE.");
        assertThat(verdict("<maximum>2%</maximum><ifMissing>WARN</ifMissing>", null, image(1, 0)).warns())
                .isTrue();
        assertThat(verdict("<maximum>2%</maximum><ifMissing>IGNORE</ifMissing>", null, image(1, 0)).kept())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2     | is '2', but says neither percent nor bytes. Write 2%, or a size such as 2MB.
                    0.02  | is '0.02', but says neither percent nor bytes. Write 2%, or a size such as 2MB.
                    -2%   | is '-2%', but that is not a percentage such as 2% or 0.5%.
                    2 %%  | is '2 %%', but that is not a percentage such as 2% or 0.5%.
                    """)
    void aNumberAloneIsNoLimit(String maximum, String why) {
        assertThatThrownBy(() -> Budgets.of(Xml.budgets("<growth><maximum>" + maximum + "</maximum></growth>")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<budgets><growth><maximum> " + why);
    }

    @Test
    void twentyStepsOf0Point9PercentDoNotPassAGateOf2Percent() throws BitnetException {
        String growth = "<maximum>2%</maximum><window>30</window>";
        List<HistoryEntry> entries = new ArrayList<>();
        long own = 100_000_000;
        for (int step = 0; step <= 20; step++) {
            TestImage before = image(own, 0);
            own += own * 9 / 1000;
            List<Verdict> verdicts = verdicts(growth, before, new History(entries, false), image(own, 0));
            // Against the last image each step passes.
            assertThat(verdicts.get(0).kept()).isTrue();
            assertThat(verdicts.get(1).kept()).as("step %d", step).isEqualTo(step < 3);
            if (step == 3) {
                assertThat(verdicts.get(1).message())
                        .isEqualTo("The image acme/bitnet:1.0 has 104 MB without its model, which is 2.75 MB (2.73 %) more"
                                + " than the 101 MB of revision 0, the smallest of the last 30 audits, and 731 kB more than"
                                + " its budget growth of 2% allows.");
            }
            entries.add(HistoryEntry.of(
                    Snapshots.of(image(own, 0)), Outcome.PASS, "" + step, Instant.ofEpochSecond(step)));
        }
    }

    @Test
    void anAuditThatIsDoneAgainPushesNoneOutOfTheWindow() throws BitnetException {
        List<HistoryEntry> entries = new ArrayList<>();
        entries.add(HistoryEntry.of(Snapshots.of(image(100, 0)), Outcome.PASS, "old", Instant.EPOCH));
        for (int i = 0; i < 5; i++) {
            entries.add(HistoryEntry.of(
                    Snapshots.of(image(150 + i, 0)), Outcome.PASS, "new", Instant.ofEpochSecond(9)));
        }

        assertThat(verdicts("<maximum>2%</maximum><window>2</window>", image(150, 0), new History(entries, false),
                        image(150, 0))
                .get(1).fails())
                .isTrue();
    }
}
