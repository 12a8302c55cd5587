package io.github.bitnetmaven.report.server;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.report.format.Fingerprint;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.format.ReportSettings;
import io.github.bitnetmaven.report.source.SourceLocation;
import io.github.bitnetmaven.report.source.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exceeded budgets and findings for GitLab, which shows those that a merge request brings.
 *
 * @see <a href="https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format">Code Quality</a>
 */
public final class GitLabReport implements Report {
    private static final String FILE = "gl-code-quality-report.json";
    private static final int MAX_NAME = 300;
    private static final int MAX_SENTENCE = 1_000;

    @Override
    public String id() {
        return "gitlab";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public Draft draft(RecordedAudit audit, ReportSettings settings) {
        return out -> out.file(FILE, stream -> write(audit, settings.sources(), stream));
    }

    private static void write(RecordedAudit audit, Sources sources, OutputStream out) throws IOException {
        String image = audit.image().repository();
        try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            if (audit.sizes() == null) {
                item(json, "audit", Headline.error(audit), "blocker", sources.start(), Fingerprint.of(image, "audit"));
            }
            for (Verdict verdict : audit.verdicts()) {
                if (!verdict.kept()) {
                    item(
                            json,
                            "budget/" + verdict.budget(),
                            Printable.of(verdict.message(), MAX_SENTENCE),
                            verdict.fails() ? "critical" : "minor",
                            sources.budget(audit, verdict),
                            Fingerprint.of(image, verdict.label()));
                }
            }
            for (Finding finding : audit.findings()) {
                boolean inLayer = finding.layer() >= 0 && finding.layer() < audit.layers().size();
                SourceLocation place = inLayer ? sources.instruction(audit.layers().get(finding.layer())) : null;
                item(
                        json,
                        Printable.of(finding.rule(), MAX_NAME),
                        Printable.of(finding.title(), MAX_NAME)
                                + (finding.path().isEmpty() ? "" : ": /" + Printable.of(finding.path(), MAX_NAME)) + ". "
                                + Printable.of(finding.advice(), MAX_SENTENCE),
                        "info",
                        place == null ? sources.start() : place,
                        Fingerprint.of(image, finding.rule(), finding.path()));
            }
            json.writeEndArray();
            json.writeRaw('\n');
        }
    }

    private static void item(
            JsonGenerator json,
            String check,
            String description,
            String severity,
            @Nullable SourceLocation place,
            String fingerprint)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("description", description);
        json.writeStringField("check_name", check);
        json.writeStringField("fingerprint", fingerprint);
        json.writeStringField("severity", severity);
        json.writeObjectFieldStart("location");
        json.writeStringField("path", place == null ? "audit.json" : place.path());
        json.writeObjectFieldStart("lines");
        json.writeNumberField("begin", place == null ? 1 : place.line());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
