package io.github.bitnetmaven.report.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.Past;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.Xml;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.growth.Snapshots;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.audit.history.HistoryEntry;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.report.SampleAudit;
import io.github.bitnetmaven.report.markdown.MarkdownText;
import io.github.bitnetmaven.report.trend.Trend.Point;
import io.github.bitnetmaven.report.trend.Trend.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static TestImage image(long bytes) {
        TestImage image = new TestImage();
        image.layer("COPY . /").file("app", bytes);
        return image;
    }

    private static HistoryEntry entry(TestImage image, long second) throws BitnetException {
        return HistoryEntry.of(Snapshots.of(image), Outcome.PASS, "r" + second, Instant.ofEpochSecond(second));
    }

    private static History history(long... bytes) throws BitnetException {
        List<HistoryEntry> entries = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            entries.add(entry(image(bytes[i]), i));
        }
        return new History(entries, false);
    }

    private static RecordedAudit audit(TestImage image, String budgets, History history) throws BitnetException {
        Audit audit = new Auditor(
                        Budgets.of(Xml.budgets(budgets)), PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"))
                .against(new Past(null, history))
                .audit(image.build());
        return audit.recorded();
    }

    private static RecordedAudit audit(long bytes) throws BitnetException {
        return audit(image(bytes), "<image><maximum>1GB</maximum></image>", History.empty());
    }

    @Test
    void anAuditThatIsNotRecordedIsTheLastPoint() throws BitnetException {
        Trend trend = Trend.of(audit(130), history(100, 120));

        assertThat(trend.points()).extracting(Point::ownBytes).containsExactly(100L, 120L, 130L);
        assertThat(trend.points()).extracting(Point::revision).containsExactly("r0", "r1", null);
        assertThat(trend.revisions()).isEqualTo(3);
    }

    @Test
    void aRecordedAuditIsThereOnceAndWhatCameLaterIsNot() throws BitnetException {
        Trend trend = Trend.of(audit(120), history(100, 120, 130));

        assertThat(trend.points()).extracting(Point::revision).containsExactly("r0", "r1");
    }

    @Test
    void thereIsNoneWithoutAPast() throws BitnetException {
        assertThat(Trend.of(audit(120), History.empty())).isNull();
        assertThat(Trend.of(audit(120), history(120))).isNull();
        assertThat(Trend.of(RecordedAudit.failed("acme/x:1", "no"), history(1, 2))).isNull();
    }

    @Test
    void auditsOfAnImageWithABaseAreNotComparedWithThoseWithoutOne() throws BitnetException {
        TestImage based = new TestImage();
        based.baseLayer("ADD rootfs /").file("etc/os-release", 50);
        based.layer("COPY . /").file("app", 70);
        List<HistoryEntry> entries = new ArrayList<>(history(100, 120).entries());
        entries.add(entry(based, 5));
        RecordedAudit audit = audit(130);

        Trend trend = Trend.of(audit, new History(entries, false));
        assertThat(trend.points()).extracting(Point::ownBytes).containsExactly(100L, 120L, 130L);
        assertThat(trend.others()).isEqualTo(1);
        assertThat(trend.knowsBase()).isFalse();
    }

    @Test
    void theNewest200AreShown() throws BitnetException {
        Trend trend = Trend.of(audit(9_000), history(LongStream.range(1, 300).toArray()));

        assertThat(trend.points()).hasSize(200);
        assertThat(trend.older()).isEqualTo(100);
        assertThat(trend.last().ownBytes()).isEqualTo(9_000);
    }

    @Test
    void theLimitIsThatOfTheBudgetThatLooksBack() throws BitnetException {
        History history = history(50_000, 100_000, 101_000, 102_000);
        String growth = "<growth><maximum>2%</maximum><ifMissing>IGNORE</ifMissing><window>3</window></growth>";

        Trend trend = Trend.of(audit(image(103_000), growth, history), history);
        assertThat(trend.ceiling()).isEqualTo(new Trend.Ceiling(Series.OWN, 102_000, "2%", 3, 1));
    }

    @Test
    void markdownTellsItInALine() throws BitnetException {
        assertThat(MarkdownText.of(audit(130_000), history(100_000, 120_000), List.of()))
                .contains("\n\nTrend: **+30.0 %** over 3 revisions (without the model, from 100 kB to 130 kB).\n");
        assertThat(MarkdownText.of(SampleAudit.small().recorded(), History.empty(), List.of())).doesNotContain("Trend");
    }
}
