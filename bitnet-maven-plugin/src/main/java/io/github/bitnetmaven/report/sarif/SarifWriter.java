package io.github.bitnetmaven.report.sarif;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Fingerprint;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.source.SourceLocation;
import io.github.bitnetmaven.report.source.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one run of SARIF. The comments name the sections of the specification. */
final class SarifWriter {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String ROOT = "SRCROOT";
    private static final int MAX_NAME = 300;
    private static final int MAX_SENTENCE = 1_000;

    private final RecordedAudit audit;
    private final Sources sources;
    private final List<SarifRule> rules;
    private final Map<String, Integer> ruleIndex = new HashMap<>();
    private final JsonGenerator json;

    private SarifWriter(RecordedAudit audit, Sources sources, JsonGenerator json) {
        this.audit = audit;
        this.sources = sources;
        this.json = json;
        this.rules = SarifRule.of(audit);
        for (SarifRule rule : rules) {
            ruleIndex.put(rule.id(), ruleIndex.size());
        }
    }

    static void write(RecordedAudit audit, Sources sources, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(indenter)
                    .withArrayIndenter(indenter));
            new SarifWriter(audit, sources, json).write();
            json.writeRaw('\n');
        }
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        tool();
        // 3.14.3: one image, one category: results of two images in one build do not replace each other.
        json.writeObjectFieldStart("automationDetails");
        json.writeStringField("id", "bitnet/" + Printable.of(audit.image().repository(), MAX_NAME) + "/");
        json.writeEndObject();
        invocation();
        // 3.14.14: the root of the repository; where it lies on this machine is nobody's business.
        json.writeObjectFieldStart("originalUriBaseIds");
        json.writeObjectFieldStart(ROOT);
        message("description", "The root of the repository.");
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringField("columnKind", "utf16CodeUnits");
        json.writeArrayFieldStart("results");
        for (Verdict verdict : audit.verdicts()) {
            if (!verdict.kept()) {
                budget(verdict);
            }
        }
        for (Finding finding : audit.findings()) {
            finding(finding);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    /** 3.18. */
    private void tool() throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "bitnet-maven-plugin");
        json.writeArrayFieldStart("rules");
        for (SarifRule rule : rules) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            message("shortDescription", rule.description());
            message("fullDescription", rule.description());
            message("help", rule.help());
            json.writeObjectFieldStart("properties");
            json.writeArrayFieldStart("tags");
            json.writeString("container-image");
            json.writeString("size");
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** 3.20: an audit that could not be done has no results, and says that this is no success. */
    private void invocation() throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", audit.sizes() != null);
        if (audit.sizes() == null) {
            json.writeArrayFieldStart("toolExecutionNotifications");
            json.writeStartObject();
            json.writeStringField("level", "error");
            message("message", Headline.error(audit));
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private void budget(Verdict verdict) throws IOException {
        StringBuilder text = new StringBuilder(Printable.of(verdict.message(), MAX_SENTENCE));
        for (Contributor file : verdict.contributors()) {
            text.append("\n- ").append(ByteSize.print(file.bytes())).append(" /").append(Printable.of(file.path(), MAX_NAME));
            text.append(", ").append(layer(file.layer()));
        }
        start(SarifRule.id(verdict), verdict.fails() ? "error" : "warning", text.toString());
        locations(sources.budget(audit, verdict), verdict.label());
        end(Fingerprint.of(audit.image().repository(), verdict.label()), verdict.actualValue());
    }

    private void finding(Finding finding) throws IOException {
        String path = finding.path().isEmpty() ? "" : "/" + Printable.of(finding.path(), MAX_NAME);
        boolean inLayer = finding.layer() >= 0 && finding.layer() < audit.layers().size();
        String text = Printable.of(finding.title(), MAX_SENTENCE) + (path.isEmpty() ? "" : ": " + path)
                + (finding.bytes() > 0 ? ", " + ByteSize.print(finding.bytes()) : "")
                + (inLayer ? ", " + layer(finding.layer()) : "") + ". " + Printable.of(finding.advice(), MAX_SENTENCE);
        start(SarifRule.id(finding), "warning", text);
        SourceLocation instruction = inLayer ? sources.instruction(audit.layers().get(finding.layer())) : null;
        String place = path.isEmpty() ? Printable.of(audit.image().repository(), MAX_NAME) : path;
        locations(instruction == null ? sources.start() : instruction, inLayer ? layer(finding.layer()) + ": " + place : place);
        end(Fingerprint.of(audit.image().repository(), finding.rule(), finding.path()), finding.bytes());
    }

    private String layer(int index) {
        String instruction = audit.layers().get(index).instruction().text(MAX_NAME);
        return "layer " + index + (instruction.isEmpty() ? "" : " (" + instruction + ")");
    }

    /** 3.27. */
    private void start(String rule, String level, String text) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", rule);
        json.writeNumberField("ruleIndex", ruleIndex.get(rule));
        json.writeStringField("level", level);
        message("message", text);
    }

    private void end(String fingerprint, long bytes) throws IOException {
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField("bitnetAudit/v1", fingerprint);
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeNumberField("actual", bytes);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** 3.28. GitHub takes no result without a file: without a project it is the audit itself. */
    private void locations(@Nullable SourceLocation place, String logical) throws IOException {
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", place == null ? "audit.json" : encoded(place.path()));
        if (place != null) {
            json.writeStringField("uriBaseId", ROOT);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", place == null ? 1 : place.line());
        json.writeNumberField("startColumn", place == null ? 1 : place.column());
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName", logical);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void message(String field, String text) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    /** RFC 3986: all but unreserved characters and slashes as the bytes of UTF-8. */
    private static String encoded(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "/-._~".indexOf(c) >= 0)) {
                uri.append(c);
            } else {
                uri.append(String.format("%%%02X", b & 0xff));
            }
        }
        return uri.toString();
    }
}
