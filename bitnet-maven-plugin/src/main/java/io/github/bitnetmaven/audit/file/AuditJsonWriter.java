package io.github.bitnetmaven.audit.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.json.Json;
import io.github.bitnetmaven.audit.json.SizesJson;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code audit.json}, schema {@code bitnet-audit/1}. Same image, same bytes. */
public final class AuditJsonWriter {
    static final String SCHEMA = "bitnet-audit/1";

    private final JsonGenerator json;

    private AuditJsonWriter(JsonGenerator json) {
        this.json = json;
        json.setPrettyPrinter(printer());
    }

    static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
    }

    /** Writes the audit; the stream stays open. */
    public static void write(RecordedAudit audit, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            new AuditJsonWriter(json).write(audit);
            json.writeRaw('\n');
        }
    }

    private void write(RecordedAudit audit) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("outcome", audit.outcome().id());
        image(audit.image());
        if (audit.sizes() == null) {
            json.writeNullField("sizes");
        } else {
            SizesJson.write("sizes", audit.sizes(), json);
        }
        array("layers", audit.layers(), this::layer);
        array("components", audit.components(), this::component);
        array("budgets", audit.verdicts(), verdict -> budget(verdict, audit.layers()));
        array("findings", audit.findings(), this::finding);
        array("uncheckedDigests", audit.uncheckedDigests(), json::writeString);
        new GrowthJson(json).write(audit.growth());
        json.writeStringField("error", audit.error());
        json.writeEndObject();
    }

    private interface Item<T> {
        void write(T item) throws IOException;
    }

    private <T> void array(String name, List<T> items, Item<T> each) throws IOException {
        json.writeArrayFieldStart(name);
        for (T item : items) {
            each.write(item);
        }
        json.writeEndArray();
    }

    private void image(RecordedImage image) throws IOException {
        json.writeObjectFieldStart("image");
        json.writeStringField("name", image.name());
        json.writeStringField("id", image.id());
        json.writeStringField("source", image.source());
        json.writeStringField("platform", image.platform());
        json.writeEndObject();
    }

    private void component(Component component) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", component.name());
        json.writeNumberField("bytes", component.bytes());
        json.writeNumberField("fileCount", component.fileCount());
        json.writeEndObject();
    }

    private void layer(RecordedLayer layer) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", layer.index());
        json.writeStringField("diffId", layer.diffId());
        json.writeStringField("createdBy", layer.createdBy());
        json.writeBooleanField("base", layer.base());
        json.writeNumberField("unpackedBytes", layer.unpackedBytes());
        SizesJson.packed(layer.packedBytes(), json);
        json.writeNumberField("modelBytes", layer.modelBytes());
        json.writeNumberField("fileCount", layer.fileCount());
        json.writeEndObject();
    }

    private void budget(Verdict verdict, List<RecordedLayer> layers) throws IOException {
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
        json.writeStringField("actual", verdict.actual());
        json.writeStringField("difference", verdict.difference());
        json.writeStringField("message", verdict.message());
        json.writeArrayFieldStart("contributors");
        for (Contributor contributor : verdict.contributors()) {
            json.writeStartObject();
            json.writeStringField("path", contributor.path());
            json.writeNumberField("bytes", contributor.bytes());
            json.writeNumberField("layer", contributor.layer());
            json.writeStringField("createdBy", layers.get(contributor.layer()).createdBy());
            json.writeEndObject();
        }
        json.writeEndArray();
        waiver(verdict.waived());
        json.writeEndObject();
    }

    private void waiver(Verdict.@Nullable Waived waived) throws IOException {
        if (waived == null) {
            json.writeNullField("waiver");
            return;
        }
        json.writeObjectFieldStart("waiver");
        json.writeStringField("until", waived.until().toString());
        json.writeStringField("reason", waived.reason());
        json.writeBooleanField("inForce", waived.inForce());
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
