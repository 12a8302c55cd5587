package io.github.bitnetmaven.report.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.report.SampleAudit;
import io.github.bitnetmaven.report.format.BuildServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitLabReportTest {
    @TempDir
    Path directory;

    private SampleAudit sample() {
        return new SampleAudit(directory).on(BuildServer.of(Map.of("GITLAB_CI", "true")));
    }

    @Test
    void exceededBudgetsAndFindingsAreListed() throws BitnetException, IOException {
        SampleAudit sample = sample();

        sample.reports("none").write(SampleAudit.small());

        assertThat(sample.text("gl-code-quality-report.json"))
                .startsWith(
                        """
                        [ {
                          "description" : "The image acme/bitnet:1.0 has 3.5 MB without its model, which is 500 kB more than its budget withoutModel of 3 MB.",
                          "check_name" : "budget/withoutModel",
                          "fingerprint" : "a6f3be815daece35244e67aafa37338c61b283df15eb6d370ee2e6f2829e76a6",
                          "severity" : "critical",
                          "location" : {
                            "path" : "audit.json",
                            "lines" : {
                              "begin" : 1
                            }
                          }
                        }, {
                        """)
                .contains("\"check_name\" : \"budget/paths\"", "\"severity\" : \"minor\"")
                .contains("\"check_name\" : \"BN005\"", "\"severity\" : \"info\"");
    }

    @Test
    void anAuditThatCouldNotBeDoneBlocks() throws BitnetException, IOException {
        SampleAudit sample = sample();

        sample.reports("none").writeFailed("acme/x:1", "Cannot audit acme/x:1: no layers.");

        assertThat(sample.text("gl-code-quality-report.json"))
                .contains("\"description\" : \"Cannot audit acme/x:1: no layers.\"", "\"severity\" : \"blocker\"");
    }
}
