package io.github.bitnetmaven.report.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.report.SampleAudit;
import io.github.bitnetmaven.report.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SarifReportTest {
    @TempDir
    Path directory;

    private JsonNode run(SampleAudit sample) throws IOException {
        return new ObjectMapper().readTree(sample.text("report.sarif")).at("/runs/0");
    }

    @Test
    void aResultPointsAtTheBudgetOrTheInstruction() throws BitnetException, IOException {
        Files.createDirectory(directory.resolve(".git"));
        Path project = Files.createDirectory(directory.resolve("a b"));
        Path pom = Files.writeString(
                project.resolve("pom.xml"),
                "<project><build><plugins><plugin><artifactId>bitnet-maven-plugin</artifactId><configuration>\n"
                        + "  <budgets>\n    <withoutModel/></budgets></configuration></plugin></plugins></build></project>");
        Path dockerfile = Files.writeString(project.resolve("Dockerfile"), "FROM x\nRUN apt-get update\n");
        SampleAudit sample = new SampleAudit(directory.resolve("reports"))
                .sources(Sources.read(project, List.of(pom), dockerfile));

        sample.reports("sarif").write(SampleAudit.small());

        JsonNode results = run(sample).path("results");
        assertThat(results.findValuesAsText("ruleId")).containsExactly("budget/withoutModel", "budget/paths", "BN005");
        assertThat(results.findValuesAsText("level")).containsExactly("error", "warning", "warning");
        assertThat(results.at("/0/message/text").asText())
                .isEqualTo("The image acme/bitnet:1.0 has 3.5 MB without its model, which is 500 kB more than its budget"
                        + " withoutModel of 3 MB.\n- 2 MB /usr/lib/libc.so, layer 0 (ADD file:1f /)"
                        + "\n- 1.5 MB /var/lib/apt/lists/x, layer 2 (RUN apt-get update)");
        assertThat(results.at("/0/locations/0/physicalLocation"))
                .hasToString("{\"artifactLocation\":{\"uri\":\"a%20b/pom.xml\",\"uriBaseId\":\"SRCROOT\"},"
                        + "\"region\":{\"startLine\":3,\"startColumn\":5}}");
        assertThat(results.at("/1/locations/0/physicalLocation/region/startLine").asInt()).isEqualTo(2);
        assertThat(results.at("/2/locations/0"))
                .hasToString("{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a%20b/Dockerfile\",\"uriBaseId\":"
                        + "\"SRCROOT\"},\"region\":{\"startLine\":2,\"startColumn\":1}},\"logicalLocations\":"
                        + "[{\"fullyQualifiedName\":\"layer 2 (RUN apt-get update): /var/lib/apt/lists/x\"}]}");
    }

    @Test
    void everyResultHasARuleWithHelp() throws BitnetException, IOException {
        SampleAudit sample = new SampleAudit(directory);

        sample.reports("sarif").write(SampleAudit.small());

        JsonNode rules = run(sample).at("/tool/driver/rules");
        for (JsonNode result : run(sample).path("results")) {
            JsonNode rule = rules.get(result.path("ruleIndex").asInt());
            assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
            assertThat(rule.at("/help/text").asText()).isNotBlank();
        }
        assertThat(rules.at("/0/shortDescription/text").asText())
                .isEqualTo("The size budget withoutModel limits the unpacked size of the image without its model.");
    }

    @Test
    void aResultStaysTheSameWhenTheImageGrows() throws BitnetException, IOException {
        String budget = "<image><maximum>1kB</maximum></image>";
        SampleAudit sample = new SampleAudit(directory);
        TestImage before = new TestImage();
        before.layer("RUN x").file("a", 2_000);
        sample.reports("sarif").write(SampleAudit.audit(before, budget, List.of()));
        JsonNode first = run(sample).at("/results/0");
        TestImage after = new TestImage().name("acme/bitnet:1.1");
        after.layer("RUN x").file("a", 3_000);

        sample.reports("sarif").write(SampleAudit.audit(after, budget, List.of()));

        JsonNode second = run(sample).at("/results/0");
        assertThat(second.path("partialFingerprints")).isEqualTo(first.path("partialFingerprints"));
        assertThat(second.path("message")).isNotEqualTo(first.path("message"));
    }

    @Test
    void anAuditThatCouldNotBeDoneIsNoSuccess() throws BitnetException, IOException {
        SampleAudit sample = new SampleAudit(directory);

        sample.reports("sarif").writeFailed("acme/x:1", "Cannot audit acme/x:1: no layers.");

        assertThat(run(sample).at("/invocations/0"))
                .hasToString("{\"executionSuccessful\":false,\"toolExecutionNotifications\":[{\"level\":\"error\","
                        + "\"message\":{\"text\":\"Cannot audit acme/x:1: no layers.\"}}]}");
        assertThat(run(sample).path("results")).isEmpty();
    }
}
