package io.github.bitnetmaven.audit.baseline;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.file.AuditFileException;
import io.github.bitnetmaven.audit.growth.Snapshot.FileSize;
import io.github.bitnetmaven.audit.growth.Snapshot.LayerSize;
import io.github.bitnetmaven.audit.json.Fields;
import io.github.bitnetmaven.audit.json.Json;
import io.github.bitnetmaven.audit.json.SizesJson;
import io.github.bitnetmaven.file.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A baseline on disk: a line for each thing that can change, so that a commit shows what did. */
public final class BaselineFile {
    public static final String SCHEMA = "bitnet-baseline/1";

    private BaselineFile() {}

    private interface Line {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Writes the baseline, whole or not at all.
     *
     * @throws AuditFileException when that cannot be done
     */
    public static void write(Baseline baseline, Path file) throws AuditFileException {
        try {
            AtomicFile.write(file, out -> write(baseline, out));
        } catch (IOException e) {
            throw new AuditFileException("The baseline " + file + " cannot be written: " + Json.reason(e)
                    + ". Name another file with <growth><baseline> (-Dbitnet.baseline).", e);
        }
    }

    static void write(Baseline baseline, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder("{\n");
        text.append("  \"schema\": \"").append(SCHEMA).append("\",\n");
        text.append("  ").append(members(json -> {
            json.writeObjectFieldStart("image");
            json.writeStringField("name", baseline.image());
            json.writeStringField("id", baseline.id());
            json.writeStringField("source", baseline.source());
            json.writeStringField("platform", baseline.platform());
            json.writeEndObject();
        })).append(",\n");
        text.append("  ").append(members(json -> SizesJson.write("sizes", baseline.sizes(), json))
                .replace("{\"", "{\n    \"").replace(",\"", ",\n    \"").replace("}", "\n  }")).append(",\n");
        array(text, "layers", baseline.layers(), (layer, json) -> {
            json.writeNumberField("unpackedBytes", layer.unpackedBytes());
            json.writeNumberField("modelBytes", layer.modelBytes());
            json.writeBooleanField("base", layer.base());
            json.writeStringField("diffId", layer.diffId());
            json.writeStringField("createdBy", layer.createdBy());
        });
        text.append(",\n");
        array(text, "components", baseline.components(), (component, json) -> {
            json.writeStringField("name", component.name());
            json.writeNumberField("bytes", component.bytes());
            json.writeNumberField("fileCount", component.fileCount());
        });
        text.append(",\n");
        array(text, "files", baseline.files(), (file, json) -> {
            json.writeStringField("path", file.path());
            json.writeNumberField("bytes", file.bytes());
            json.writeStringField("component", file.component());
            if (file.digest() != null) {
                json.writeStringField("sha256", file.digest());
            }
        });
        out.write(text.append("\n}\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    private interface Item<T> {
        void write(T item, JsonGenerator json) throws IOException;
    }

    private static <T> void array(StringBuilder text, String name, List<T> items, Item<T> each) throws IOException {
        text.append("  \"").append(name).append("\": [");
        String separator = "\n";
        for (T item : items) {
            text.append(separator).append("    {").append(members(json -> each.write(item, json))).append('}');
            separator = ",\n";
        }
        text.append("\n  ]");
    }

    /** The members of an object on one line, without its braces. */
    private static String members(Line line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter());
            json.writeStartObject();
            line.write(json);
            json.writeEndObject();
        }
        String object = out.toString(StandardCharsets.US_ASCII);
        return object.substring(1, object.length() - 1);
    }

    /** Reads what {@link #write} wrote; its schema is already known. */
    static Baseline read(JsonNode root) throws IOException {
        JsonNode image = root.path("image");
        return new Baseline(
                Fields.text(image, "name"),
                Fields.optional(image, "source"),
                Fields.optional(image, "id"),
                Fields.optional(image, "platform"),
                SizesJson.read(root.path("sizes")),
                Fields.items(root, "layers", layer -> new LayerSize(
                        Fields.text(layer, "diffId"),
                        Fields.text(layer, "createdBy"),
                        layer.path("base").asBoolean(false),
                        Fields.number(layer, "unpackedBytes"),
                        Fields.number(layer, "modelBytes"))),
                Fields.items(root, "components", component -> new Component(
                        Fields.text(component, "name"),
                        Fields.number(component, "bytes"),
                        Fields.number(component, "fileCount"))),
                Fields.items(root, "files", file -> new FileSize(
                        Fields.text(file, "path"),
                        Fields.number(file, "bytes"),
                        Fields.text(file, "component"),
                        Fields.optional(file, "sha256"))));
    }
}
