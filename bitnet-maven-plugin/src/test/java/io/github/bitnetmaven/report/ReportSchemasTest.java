package io.github.bitnetmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.report.format.BuildServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

class ReportSchemasTest {
    @TempDir
    Path directory;

    private void allAreValid() throws IOException, SAXException {
        Schemas.audit(directory.resolve("audit.json"));
        if (Files.exists(directory.resolve("inventory.ndjson.gz"))) {
            Schemas.inventory(directory.resolve("inventory.ndjson.gz"));
        }
        Schemas.junit(directory.resolve("TEST-bitnet.xml"));
        Schemas.sarif(directory.resolve("report.sarif"));
    }

    @Test
    void reportsAreValid() throws BitnetException, IOException, SAXException {
        new SampleAudit(directory).reports().write(SampleAudit.small());

        allAreValid();
    }

    @Test
    void reportsOfAHostileImageAreValid() throws BitnetException, IOException, SAXException {
        Audit hostile = SampleAudit.hostile();

        new SampleAudit(directory).reports().write(hostile);

        allAreValid();
    }

    @Test
    void reportsOfAnAuditThatCouldNotBeDoneAreValid() throws BitnetException, IOException, SAXException {
        new SampleAudit(directory).reports().writeFailed("acme/x:1", "Cannot audit acme/x:1: no layers.");

        allAreValid();
    }

    @Test
    void aSchemaThatAcceptsEverythingWouldBeSeen() throws BitnetException, IOException {
        new SampleAudit(directory).reports().write(SampleAudit.small());

        for (String file : List.of("audit.json", "report.sarif", "TEST-bitnet.xml")) {
            String text = Files.readString(directory.resolve(file));
            Files.writeString(
                    directory.resolve(file),
                    text.replace("\"layerCount\": 3", "\"layerCount\": \"3\"")
                            .replace("\"level\": \"error\"", "\"level\": \"dire\"")
                            .replace("tests=\"3\"", "test=\"3\""));
        }

        assertThatThrownBy(() -> Schemas.audit(directory.resolve("audit.json"))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Schemas.sarif(directory.resolve("report.sarif"))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Schemas.junit(directory.resolve("TEST-bitnet.xml"))).isInstanceOf(SAXException.class);
    }

    /** The fields that GitLab asks for; it publishes no schema of its own for them. */
    @Test
    void gitLabsReportHasWhatGitLabAsksFor() throws BitnetException, IOException {
        for (Audit audit : List.of(SampleAudit.small(), SampleAudit.hostile())) {
            new SampleAudit(directory).on(BuildServer.of(Map.of("GITLAB_CI", "true"))).reports().write(audit);

            JsonNode items = new ObjectMapper().readTree(directory.resolve("gl-code-quality-report.json").toFile());
            assertThat(items).isNotEmpty();
            for (JsonNode item : items) {
                assertThat(item.path("description").asText()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
                assertThat(item.path("check_name").asText()).isNotBlank();
                assertThat(item.path("fingerprint").asText()).matches("[0-9a-f]{64}");
                assertThat(item.path("severity").asText()).isIn("info", "minor", "major", "critical", "blocker");
                assertThat(item.at("/location/path").asText()).isNotBlank();
                assertThat(item.at("/location/lines/begin").isIntegralNumber()).isTrue();
            }
            assertThat(items.findValuesAsText("fingerprint")).doesNotHaveDuplicates();
        }
    }
}
