package io.github.bitnetmaven.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.report.SampleAudit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownReportTest {
    @TempDir
    Path directory;

    private SampleAudit sample;

    @BeforeEach
    void sample() {
        sample = new SampleAudit(directory);
    }

    @Test
    void theWorstComesFirst() throws BitnetException, IOException {
        sample.reports("markdown").write(SampleAudit.small());

        assertThat(sample.text("report.md"))
                .isEqualTo(
                        """
                        <!-- bitnet-audit acme/bitnet -->
                        ### ❌ `acme/bitnet:1.0`: 1 of 3 budgets exceeded, 1 warning

                        **12.5 MB** in 3 layers, **3.5 MB** without the model, 0 B wasted (`linux/amd64`, id `0123456789ab`).

                        | | budget | limit | actual | difference |
                        |---|---|--:|--:|--:|
                        | ❌ | `withoutModel` | 3 MB | 3.5 MB | 500 kB over |
                        | ⚠️ | `paths /var/lib/apt/**` | 1 MB | 1.5 MB | 500 kB over |
                        | ✅ | `image` | 1.4 GB | 12.5 MB | 1.39 GB left |

                        - The image acme/bitnet:1.0 has 3.5 MB without its model, which is 500 kB more than its budget withoutModel of 3 MB.
                          - 2 MB `/usr/lib/libc.so`, layer 0 `ADD file:1f /`
                          - 1.5 MB `/var/lib/apt/lists/x`, layer 2 `RUN apt-get update`
                        - In acme/bitnet:1.0, the one file that matches /var/lib/apt/\\*\\* has 1.5 MB, which is 500 kB more than its budget paths of 1 MB.
                          - 1.5 MB `/var/lib/apt/lists/x`, layer 2 `RUN apt-get update`

                        #### Biggest files

                        | size | file | component | from |
                        |--:|---|---|---|
                        | 9 MB | `/app/models/m.gguf` | model | layer 1 `COPY m.gguf /app/models/` |
                        | 2 MB | `/usr/lib/libc.so` | base | layer 0 `ADD file:1f /` |
                        | 1.5 MB | `/var/lib/apt/lists/x` | other | layer 2 `RUN apt-get update` |

                        #### Findings

                        - **BN005** Package-manager leftovers: `/var/lib/apt/lists/x`, 1.5 MB, layer 2 `RUN apt-get update`. Remove them in the RUN that makes them.

                        #### Layers

                        | | size | | instruction |
                        |--:|--:|---|---|
                        | 0 | 2 MB | base | `ADD file:1f /` |
                        | 1 | 9 MB | model | `COPY m.gguf /app/models/` |
                        | 2 | 1.5 MB | own | `RUN apt-get update` |
                        """);
    }

    @Test
    void anAuditThatCouldNotBeDoneSaysSo() throws BitnetException, IOException {
        sample.reports("markdown").writeFailed("acme/x:1", "Cannot audit acme/x:1: no <layers>.");

        assertThat(sample.text("report.md"))
                .isEqualTo(
                        """
                        <!-- bitnet-audit acme/x -->
                        ### ⛔ `acme/x:1`: not audited

                        Cannot audit acme/x:1: no \\<layers\\>.
                        """);
    }

    @Test
    void aHostileImageMakesNoMarkup() throws BitnetException, IOException {
        sample.reports("markdown").write(SampleAudit.hostile());

        String text = sample.text("report.md");
        assertThat(text.replace("\n", "").replace("\u200b", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        Seen seen = new Seen();
        Parser.builder()
                .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
                .build()
                .parse(text)
                .accept(seen);
        assertThat(seen.html).containsExactly("<!-- bitnet-audit evil_2J-_::error: -->");
        assertThat(seen.links).isEmpty();
        assertThat(seen.texts).isNotEmpty().allSatisfy(plain -> assertThat(plain).doesNotContainPattern("@\\w|#[0-9]"));
        // A table row has as many cells as its head, whatever bars are in the names.
        assertThat(text.lines().filter(line -> line.startsWith("| 5 kB")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line.split("(?<!\\\\)\\|")).hasSize(5));
    }

    /** What a reader of Markdown makes of it. */
    private static final class Seen extends AbstractVisitor {
        private final List<String> html = new ArrayList<>();
        private final List<String> links = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();

        @Override
        public void visit(HtmlBlock block) {
            html.add(block.getLiteral());
        }

        @Override
        public void visit(HtmlInline inline) {
            html.add(inline.getLiteral());
        }

        @Override
        public void visit(Link link) {
            links.add(link.getDestination());
        }

        @Override
        public void visit(Image image) {
            links.add(image.getDestination());
        }

        @Override
        public void visit(Text text) {
            texts.add(text.getLiteral());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "acme/bitnet:1.0, acme/bitnet",
        "acme/bitnet:1.1, acme/bitnet",
        "registry.example:5000/acme/bitnet, registry.example:5000/acme/bitnet",
        "registry.example:5000/acme/bitnet:2@sha256:0123, registry.example:5000/acme/bitnet",
        "image.tar, image.tar"
    })
    void theMarkerStaysTheSameFromBuildToBuild(String image, String marker) throws BitnetException, IOException {
        sample.reports("markdown").writeFailed(image, "Cannot audit it.");

        assertThat(sample.text("report.md")).startsWith("<!-- bitnet-audit " + marker + " -->\n");
    }

    @Test
    void whatDoesNotFitIsLeftOutAndTold() throws BitnetException, IOException {
        TestImage image = new TestImage();
        TestImage.LayerOfTest layer = image.layer("COPY . / # buildkit");
        StringBuilder budgets = new StringBuilder("<paths>");
        for (int i = 0; i < 400; i++) {
            String path = "d/" + "x".repeat(150) + i;
            layer.file(path, 2_000);
            budgets.append("<path><includes><include>/").append(path).append("</include></includes><maximum>1kB</maximum></path>");
        }
        List<Finding> findings = IntStream.range(0, 2_000)
                .mapToObj(i -> new Finding("BN006", "Documentation", "d/" + "x".repeat(150) + i, 0, 2_000, "Remove it."))
                .toList();

        sample.reports("markdown").write(SampleAudit.audit(image, budgets + "</paths>", findings));

        String text = sample.text("report.md");
        assertThat(text).hasSizeLessThanOrEqualTo(60_000);
        assertThat(text)
                .contains("400 of 400 budgets exceeded", "#### Findings", "#### Biggest files")
                .endsWith("\nLeft out here, to keep below 60,000 characters: 312 budgets, 369 explanations, 1938 findings."
                        + " audit.json and the inventory beside it have them all.\n");
    }

    @Test
    void eachOfTheTextsIsCutToo() throws BitnetException, IOException {
        TestImage image = new TestImage().name("a".repeat(4_000));
        image.layer("RUN " + "b".repeat(100_000)).file("c".repeat(100_000), 2_000);

        sample.reports("markdown")
                .write(SampleAudit.audit(image, "<image><maximum>1kB</maximum></image>", List.of()));

        assertThat(sample.text("report.md")).hasSizeLessThan(5_000).doesNotContain("Left out");
    }

    @Test
    void whatGrewStandsBehindTheBudgets() throws BitnetException {
        RecordedAudit audit = SampleAudit.small().recorded();
        Sizes sizes = Objects.requireNonNull(audit.sizes());
        Growth growth = new Growth(
                new Growth.Against("baseline", "src/image-baseline.json", "acme/bitnet:0.9", null),
                sizes,
                sizes,
                Growth.BaseChange.REFRESHED,
                List.of(
                        new Growth.PartGrowth(Growth.Part.OWN, 1_000_000, 1_500_000),
                        new Growth.PartGrowth(Growth.Part.MODEL, 9_000_000, 9_000_000),
                        new Growth.PartGrowth(Growth.Part.BASE, 2_100_000, 2_000_000),
                        new Growth.PartGrowth(Growth.Part.IMAGE, 12_100_000, 12_500_000)),
                List.of(new Growth.NamedGrowth("other", 0, 1_500_000)),
                List.of(),
                List.of(),
                List.of(
                        new Growth.FileGrowth("a|`b", Growth.Kind.ADDED, 0, 1_500_000, "other", null),
                        new Growth.FileGrowth("old", Growth.Kind.REMOVED, 1_000_000, 0, "other", null),
                        new Growth.FileGrowth("c", Growth.Kind.RESIZED, 10, 5, "other", null)),
                List.of(new Growth.FileGrowth("new/m", Growth.Kind.MOVED_BY_NAME, 7_000, 7_000, "other", "old/m")),
                Growth.FileTotals.unknown());

        String text = MarkdownText.of(
                new RecordedAudit(
                        audit.outcome(),
                        audit.image(),
                        sizes,
                        audit.layers(),
                        audit.components(),
                        audit.verdicts(),
                        audit.findings(),
                        audit.uncheckedDigests(),
                        null,
                        growth),
                History.empty(),
                List.of());

        assertThat(text)
                .contains(
                        """

                        #### What grew since `src/image-baseline.json`

                        The base image is another one: what it grew is told apart.

                        | | before | after | change |
                        |---|--:|--:|--:|
                        | **own** | 1 MB | 1.5 MB | +500 kB |
                        | **model** | 9 MB | 9 MB | 0 B |
                        | **base** | 2.1 MB | 2 MB | −100 kB |
                        | **image** | 12.1 MB | 12.5 MB | +400 kB |
                        | other | 0 B | 1.5 MB | +1.5 MB |

                        - +1.5 MB ``/a|`b`` (new)
                        - −1 MB `/old` (gone)
                        - −5 B `/c` (10 B before)
                        - moved, 7 kB: `/old/m` → `/new/m` (same name and size)
                        """);
    }
}
