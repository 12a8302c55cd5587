package io.github.bitnetmaven.report.badge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.report.SampleAudit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadgeReportTest {
    @TempDir
    Path directory;

    private SampleAudit sample;

    @BeforeEach
    void sample() {
        sample = new SampleAudit(directory);
    }

    @Test
    void thePictureTellsSizeAndOutcome() throws BitnetException, IOException {
        sample.reports("badge").write(SampleAudit.small());

        assertThat(sample.text("badge.svg"))
                .isEqualTo(
                        """
                        <svg xmlns="http://www.w3.org/2000/svg" width="130" height="20" role="img" aria-label="image size: 12.5 MB (1 of 3 budgets exceeded, 1 warning)">
                          <title>image size: 12.5 MB (1 of 3 budgets exceeded, 1 warning)</title>
                          <clipPath id="r"><rect width="130" height="20" rx="3"/></clipPath>
                          <g clip-path="url(#r)">
                            <rect width="74" height="20" fill="#444"/>
                            <rect x="74" width="56" height="20" fill="#c62828"/>
                          </g>
                          <g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
                            <text x="6" y="14" textLength="62">image size</text>
                            <text x="80" y="14" textLength="44">12.5 MB</text>
                          </g>
                        </svg>
                        """);
    }

    @Test
    void shieldsIsTold() throws BitnetException, IOException {
        sample.reports("badge").write(SampleAudit.small());

        assertThat(sample.text("badge.json"))
                .isEqualTo(
                        "{\"schemaVersion\":1,\"label\":\"image size\",\"message\":\"12.5 MB\",\"color\":\"c62828\",\"isError\":false}\n");
    }

    @Test
    void theSizeOfAnAuditThatCouldNotBeDoneIsUnknown() throws BitnetException, IOException {
        sample.reports("badge").writeFailed("acme/x:1", "Cannot audit acme/x:1: <no> layers.");

        assertThat(sample.text("badge.svg")).contains("<title>image size: unknown (not audited)</title>", "fill=\"#6b6b6b\"");
        assertThat(sample.text("badge.json"))
                .isEqualTo(
                        "{\"schemaVersion\":1,\"label\":\"image size\",\"message\":\"unknown\",\"color\":\"6b6b6b\",\"isError\":true}\n");
    }
}
