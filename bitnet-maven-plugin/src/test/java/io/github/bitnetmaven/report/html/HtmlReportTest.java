package io.github.bitnetmaven.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.audit.file.AuditFileException;
import io.github.bitnetmaven.audit.file.AuditJsonWriter;
import io.github.bitnetmaven.report.ReportChoice;
import io.github.bitnetmaven.report.Reports;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final Pattern ELEMENTS = Pattern.compile("(?s)<(script|style)( [^>]*)?>(.*?)</\\1>");

    @TempDir
    Path directory;

    @Test
    void everyFileOf10000IsInAPageBelow1500000Bytes() throws Exception {
        SampleAudit sample = SampleAudit.ofFiles(10_000);
        String page = page(sample);
        assertThat(page.length()).isLessThan(1_500_000);
        Sum sum = new Sum(data(page).path("files"));
        assertThat(sum.leaves).isEqualTo(10_000);
        assertThat(sum.files).isEqualTo(10_000);
        assertThat(sum.bytes).isEqualTo(sample.bytes());
    }

    @Test
    void filesThatAreTooManyAreFoldedAndStillAddUp() throws Exception {
        SampleAudit sample = SampleAudit.ofFiles(50_000);
        String page = page(sample);
        assertThat(page.length()).isLessThan(1_500_000);
        Sum sum = new Sum(data(page).path("files"));
        assertThat(sum.leaves).isBetween(10_000, 20_000);
        assertThat(sum.files).isEqualTo(50_000);
        assertThat(sum.bytes).isEqualTo(sample.bytes());
    }

    @Test
    void longAndManyNamesDoNotMakeThePageLarger() throws Exception {
        SampleAudit sample = new SampleAudit();
        for (int i = 0; i < 2_000; i++) {
            String name = "\u4e16<&>".repeat(1_000) + i;
            sample.file("a/".repeat(i % 100) + i + "/" + name, i, "base");
        }
        String page = page(sample);
        assertThat(page.length()).isLessThan(1_500_000);
        Sum sum = new Sum(data(page).path("files"));
        assertThat(sum.files).isEqualTo(2_000);
        assertThat(sum.bytes).isEqualTo(sample.bytes());
    }

    @Test
    void theLargestFilesAreShownAndTheOthersAreCountedInTheirDirectory() throws Exception {
        SampleAudit sample = new SampleAudit()
                .file("opt/large/model.gguf", 5_000, "model")
                .file("opt/large/notes", 7, "base")
                .file("opt/small/a", 5, "base")
                .file("opt/small/b", 3, "base");
        FileTree tree = new FileTree(sample.audit().components(), new FileTree.Limits(6, 10_000));
        sample.files.forEach(tree::add);
        tree.fold();
        FileTree.Directory base = tree.components().get(1);
        assertThat(base.bytes).isEqualTo(15);
        FileTree.Directory opt = base.directories().get(0);
        assertThat(opt.name).isEqualTo("opt");
        assertThat(opt.directories()).hasSize(1);
        assertThat(opt.restFiles).isEqualTo(2);
        assertThat(opt.restBytes).isEqualTo(8);
    }

    @Test
    void aFileThatIsNamedTwiceAndOneWithFilesInItAreCounted() throws Exception {
        SampleAudit sample = new SampleAudit().file("a/b", 10, "base").file("a/b", 10, "base").file("a", 1, "base");
        Sum sum = new Sum(data(page(sample)).path("files"));
        assertThat(sum.files).isEqualTo(3);
        assertThat(sum.bytes).isEqualTo(21);
    }

    @Test
    void sameAuditSameBytes() throws Exception {
        assertThat(page(SampleAudit.ofFiles(3_000))).isEqualTo(page(SampleAudit.ofFiles(3_000)));
    }

    @Test
    void aNameCannotLeaveTheData() throws Exception {
        String hostile = "</script><script>alert(1)</script><!--<script>]]>&lt;\u2028\u2029\"'`\\";
        SampleAudit sample = new SampleAudit().file("dir/" + hostile, 1, "base");
        sample.image = hostile;
        sample.instruction = hostile;
        String page = page(sample);
        List<MatchResult> scripts = elements(page, "script");
        assertThat(scripts).hasSize(3);
        assertThat(scripts.get(0).group(3)).doesNotContain("<", ">", "&", "\u2028", "\u2029").isPrintable();
        assertThat(page).containsOnlyOnce("<title>").contains("<title>PASS – &lt;/script&gt;&lt;script&gt;alert(1)");
        // The solidus of </script> parts two directories.
        assertThat(data(page).path("layers").path(0).path("createdBy").asText())
                .isEqualTo("</script><script>alert(1)</script><!--<script>]]>&lt; \"'`\\");
    }

    @Test
    void whatCannotBeSeenIsShownAsAQuestionMark() throws Exception {
        SampleAudit sample = new SampleAudit()
                .file("a\u0000b\u001b[31m", 3, "base")
                .file("left\u202etfel", 2, "base")
                .file("half\ud800", 1, "base")
                .file(" ", 0, "base");
        JsonNode files = data(page(sample)).path("files").path(0).path(1);
        List<String> names = new ArrayList<>();
        files.forEach(file -> names.add(file.path(0).asText()));
        assertThat(names).containsExactly("a?b?[31m", "left?tfel", "half?", "(blank)");
    }

    @Test
    void thePolicyLetsExactlyTheScriptsAndStylesOfThePageRun() throws Exception {
        String page = page(SampleAudit.ofFiles(3));
        String policy = group(page, "Content-Security-Policy\" content=\"([^\"]*)\"");
        List<MatchResult> scripts = elements(page, "script");
        assertThat(policy).isEqualTo("default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
                + hash(elements(page, "style").get(0).group(3)) + "; script-src " + hash(scripts.get(1).group(3)) + " "
                + hash(scripts.get(2).group(3)) + "; require-trusted-types-for 'script'; trusted-types 'none'");
        assertThat(page).contains("Copyright 2010-2021 Mike Bostock\n\nPermission to use, copy, modify");
    }

    @Test
    void anAuditThatFailedHasAPageToo() throws Exception {
        reports().writeFailed("acme/x:1", "Cannot audit acme/x:1: the engine <has> no such image.");
        String page = Files.readString(directory.resolve(HtmlReport.FILE));
        JsonNode data = data(page);
        assertThat(data.path("outcome").asText()).isEqualTo("error");
        assertThat(data.path("headline").asText()).isEqualTo("Cannot audit acme/x:1: the engine <has> no such image.");
        assertThat(data.path("files").isNull()).isTrue();
        assertThat(page).contains("<p>Cannot audit acme/x:1: the engine &lt;has&gt; no such image.</p>");
    }

    @Test
    void anInventoryOfAnotherImageIsRefused() throws Exception {
        Path inventory = SampleAudit.ofFiles(4).inventory(directory);
        try (OutputStream out = Files.newOutputStream(directory.resolve(Reports.AUDIT))) {
            AuditJsonWriter.write(SampleAudit.ofFiles(5).audit(), out);
        }
        assertThatThrownBy(() -> reports().writeAgain(directory.resolve(Reports.AUDIT)))
                .isInstanceOf(AuditFileException.class)
                .hasMessage("The inventory " + inventory + " and the audit.json beside it are of different images: its"
                        + " files do not add up to the components. Audit the image again to write both anew.");
        assertThat(directory.resolve(HtmlReport.FILE)).doesNotExist();
    }

    private Reports reports() throws Exception {
        return new Reports(
                new ReportDirectory(directory),
                ReportChoice.of(List.of("html"), BuildServer.none()),
                ReportSettings.plain(),
                line -> {},
                line -> {});
    }

    /** From the files of the audit, as it is made for people. */
    private String page(SampleAudit sample) throws Exception {
        sample.inventory(directory);
        try (OutputStream out = Files.newOutputStream(directory.resolve(Reports.AUDIT))) {
            AuditJsonWriter.write(sample.audit(), out);
        }
        reports().writeAgain(directory.resolve(Reports.AUDIT));
        return Files.readString(directory.resolve(HtmlReport.FILE));
    }

    private static JsonNode data(String page) throws IOException {
        return new ObjectMapper().readTree(elements(page, "script").get(0).group(3));
    }

    private static List<MatchResult> elements(String page, String name) {
        return ELEMENTS.matcher(page).results().filter(element -> element.group(1).equals(name)).toList();
    }

    private static String group(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results().findFirst().orElseThrow().group(1);
    }

    private static String hash(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    }

    /** What a page's tree adds up to. */
    private static final class Sum {
        private int leaves;
        private long files;
        private long bytes;

        Sum(JsonNode directories) {
            directories.forEach(this::add);
        }

        private void add(JsonNode node) {
            if (node.path(1).isArray()) {
                node.path(1).forEach(this::add);
                files += node.path(2).asLong();
                bytes += node.path(3).asLong();
            } else {
                leaves++;
                files++;
                bytes += node.path(1).asLong();
            }
        }
    }
}
