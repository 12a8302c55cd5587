package io.github.bitnetmaven.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Outcome;
import io.github.bitnetmaven.audit.budget.Contributor;
import io.github.bitnetmaven.audit.budget.Verdict;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.Layer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code audit.json}, schema {@code bitnet-audit/1}. Same image, same bytes. */
final class AuditJson {
    private static final String SCHEMA = "bitnet-audit/1";

    private final JsonGenerator json;

    private AuditJson(JsonGenerator json) {
        this.json = json;
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        json.setPrettyPrinter(new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter));
    }

    static void write(Audit audit, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            new AuditJson(json).write(audit);
            json.writeRaw('\n');
        }
    }

    static void writeError(String image, String error, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            new AuditJson(json).writeError(image, error);
            json.writeRaw('\n');
        }
    }

    private void write(Audit audit) throws IOException {
        start(audit.outcome());
        Image image = audit.image();
        image(image.name(), image.id(), image.source().id(), image.configuration().platform());
        sizes(audit.sizes());
        json.writeArrayFieldStart("layers");
        for (Layer layer : image.layers()) {
            layer(layer);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("components");
        for (Component component : audit.components().all()) {
            json.writeStartObject();
            json.writeStringField("name", component.name());
            json.writeNumberField("bytes", component.bytes());
            json.writeNumberField("fileCount", component.fileCount());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("budgets");
        for (Verdict verdict : audit.verdicts()) {
            budget(verdict, image);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (Finding finding : audit.findings()) {
            finding(finding);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("uncheckedDigests");
        for (String digest : image.uncheckedDigests()) {
            json.writeString(digest);
        }
        json.writeEndArray();
        end(null);
    }

    private void writeError(String image, String error) throws IOException {
        start(Outcome.ERROR);
        image(image, null, null, null);
        json.writeNullField("sizes");
        for (String list : List.of("layers", "components", "budgets", "findings", "uncheckedDigests")) {
            json.writeArrayFieldStart(list);
            json.writeEndArray();
        }
        end(error);
    }

    private void start(Outcome outcome) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("outcome", outcome.id());
    }

    private void end(@Nullable String error) throws IOException {
        json.writeStringField("error", error);
        json.writeEndObject();
    }

    private void image(String name, @Nullable String id, @Nullable String source, @Nullable String platform)
            throws IOException {
        json.writeObjectFieldStart("image");
        json.writeStringField("name", name);
        json.writeStringField("id", id);
        json.writeStringField("source", source);
        json.writeStringField("platform", platform);
        json.writeEndObject();
    }

    private void sizes(Sizes sizes) throws IOException {
        json.writeObjectFieldStart("sizes");
        json.writeNumberField("unpackedBytes", sizes.unpackedBytes());
        json.writeNumberField("visibleBytes", sizes.visibleBytes());
        json.writeNumberField("wastedBytes", sizes.wastedBytes());
        json.writeNumberField("modelBytes", sizes.modelBytes());
        json.writeNumberField("withoutModelBytes", sizes.withoutModelBytes());
        json.writeNumberField("ownBytes", sizes.ownBytes());
        packed(sizes.packedBytes());
        json.writeNumberField("layerCount", sizes.layerCount());
        json.writeNumberField("fileCount", sizes.fileCount());
        json.writeEndObject();
    }

    private void packed(@Nullable Long bytes) throws IOException {
        if (bytes == null) {
            json.writeNullField("packedBytes");
        } else {
            json.writeNumberField("packedBytes", bytes);
        }
    }

    private void layer(Layer layer) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", layer.index());
        json.writeStringField("diffId", layer.diffId());
        json.writeStringField("createdBy", layer.createdBy());
        json.writeBooleanField("base", layer.base());
        json.writeNumberField("unpackedBytes", layer.unpackedBytes());
        packed(layer.packedBytes());
        json.writeNumberField("fileCount", layer.fileCount());
        json.writeEndObject();
    }

    private void budget(Verdict verdict, Image image) throws IOException {
        json.writeStartObject();
        json.writeStringField("budget", verdict.budget());
        json.writeStringField("subject", verdict.subject());
        json.writeStringField("limit", verdict.limit());
        json.writeNumberField("limitBytes", verdict.limitValue());
        json.writeNumberField("actualBytes", verdict.actualValue());
        json.writeStringField("unit", verdict.unit().name().toLowerCase(Locale.ROOT));
        json.writeStringField("level", verdict.level().name());
        json.writeStringField("reason", verdict.reason());
        json.writeStringField("verdict", verdict.kept() ? "pass" : verdict.fails() ? "fail" : "warn");
        json.writeStringField("message", verdict.message());
        json.writeArrayFieldStart("contributors");
        for (Contributor contributor : verdict.contributors()) {
            json.writeStartObject();
            json.writeStringField("path", contributor.path());
            json.writeNumberField("bytes", contributor.bytes());
            json.writeNumberField("layer", contributor.layer());
            json.writeStringField("createdBy", image.layers().get(contributor.layer()).createdBy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void finding(Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("title", finding.title());
        json.writeStringField("path", finding.path());
        json.writeNumberField("layer", finding.layer());
        json.writeNumberField("bytes", finding.bytes());
        json.writeStringField("advice", finding.advice());
        json.writeEndObject();
    }
}
