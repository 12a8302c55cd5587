package io.github.bitnetmaven.report.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.report.SampleAudit;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.report.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubReportTest {
    @TempDir
    Path directory;

    private Path summary;
    private SampleAudit sample;

    @BeforeEach
    void sample() {
        summary = directory.resolve("summary.md");
        sample = new SampleAudit(directory.resolve("reports"))
                .on(BuildServer.of(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString())));
    }

    @Test
    void exceededBudgetsAreAnnotatedAtThePom() throws BitnetException, IOException {
        Path pom = Files.writeString(
                directory.resolve("pom.xml"),
                "<project><build><plugins><plugin><artifactId>bitnet-maven-plugin</artifactId><configuration>\n"
                        + "  <budgets>\n    <withoutModel/></budgets></configuration></plugin></plugins></build></project>");

        sample.sources(Sources.read(directory, List.of(pom), directory.resolve("Dockerfile")))
                .reports("none")
                .write(SampleAudit.small());

        assertThat(sample.commands())
                .containsExactly(
                        "::error file=pom.xml,line=3,col=5,title=Size budget withoutModel::The image acme/bitnet:1.0 has"
                                + " 3.5 MB without its model, which is 500 kB more than its budget withoutModel of 3 MB.",
                        "::warning file=pom.xml,line=2,col=3,title=Size budget paths /var/lib/apt/**::In acme/bitnet:1.0,"
                                + " the one file that matches /var/lib/apt/** has 1.5 MB, which is 500 kB more than its"
                                + " budget paths of 1 MB.");
    }

    @Test
    void theSummaryIsAppended() throws BitnetException, IOException {
        Files.writeString(summary, "# Before\n");

        sample.reports("markdown").write(SampleAudit.small());

        assertThat(summary).content().isEqualTo("# Before\n\n" + sample.text("report.md"));
    }

    @Test
    void aSummaryThatWouldGetTooLargeIsLeftAsItIs() throws BitnetException, IOException {
        String full = "x".repeat((1 << 20) - 100);
        Files.writeString(summary, full);

        sample.reports("none").write(SampleAudit.small());

        assertThat(summary).content().isEqualTo(full);
    }

    @Test
    void anAuditThatCouldNotBeDoneIsAnnotated() throws BitnetException, IOException {
        sample.reports("none").writeFailed("acme/x:1", "Cannot audit acme/x:1: 100%\nof it.");

        assertThat(sample.commands())
                .containsExactly("::error title=Image audit::Cannot audit acme/x:1: 100%25 of it.");
        assertThat(summary).content().contains("⛔ `acme/x:1`: not audited");
    }

    @Test
    void noCommandIsHiddenInAName() throws BitnetException, IOException {
        sample.reports("none").write(SampleAudit.hostile());

        assertThat(sample.commands())
                .hasSize(3)
                .allSatisfy(command -> assertThat(command)
                        .matches("::(error|warning) title=[^:,]*::.*")
                        .doesNotContainPattern("\\p{Cntrl}|%0A"));
    }

    @Test
    void whatGitHubWouldDropIsCounted() throws BitnetException, IOException {
        TestImage image = new TestImage();
        TestImage.LayerOfTest layer = image.layer("COPY . /");
        StringBuilder budgets = new StringBuilder("<paths>");
        for (int i = 0; i < 12; i++) {
            layer.file("f" + i, 2);
            budgets.append("<path><includes><include>/f").append(i).append("</include></includes><maximum>1B</maximum></path>");
        }

        sample.reports("none").write(SampleAudit.audit(image, budgets + "</paths>", List.of()));

        assertThat(sample.commands())
                .hasSize(10)
                .last()
                .isEqualTo("::error title=Size budgets::And 3 more budgets are exceeded: see the step's summary.");
    }
}
