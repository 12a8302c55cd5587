package io.github.bitnetmaven.audit.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Snapshot;
import io.github.bitnetmaven.audit.json.Json;
import java.io.IOException;
import java.io.OutputStream;

/** Writes {@code compare.json}, schema {@code bitnet-compare/1}. */
public final class ComparisonJsonWriter {
    public static final String SCHEMA = "bitnet-compare/1";

    private ComparisonJsonWriter() {}

    /** Writes the comparison; the stream stays open. */
    public static void write(Snapshot before, Snapshot after, Growth growth, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            json.setPrettyPrinter(AuditJsonWriter.printer());
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            image("before", before, json);
            image("after", after, json);
            new GrowthJson(json).write(growth);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void image(String field, Snapshot image, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("name", image.image());
        json.writeStringField("id", image.id());
        json.writeStringField("source", image.source());
        json.writeStringField("platform", image.platform());
        json.writeEndObject();
    }
}
