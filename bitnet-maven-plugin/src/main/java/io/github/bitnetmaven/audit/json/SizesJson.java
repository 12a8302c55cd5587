package io.github.bitnetmaven.audit.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.audit.measurement.Sizes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The sizes of an image, as they stand in every file. */
public final class SizesJson {
    private SizesJson() {}

    public static void write(String field, Sizes sizes, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("unpackedBytes", sizes.unpackedBytes());
        json.writeNumberField("visibleBytes", sizes.visibleBytes());
        json.writeNumberField("wastedBytes", sizes.wastedBytes());
        json.writeNumberField("modelBytes", sizes.modelBytes());
        json.writeNumberField("withoutModelBytes", sizes.withoutModelBytes());
        json.writeNumberField("ownBytes", sizes.ownBytes());
        packed(sizes.packedBytes(), json);
        json.writeNumberField("layerCount", sizes.layerCount());
        json.writeNumberField("fileCount", sizes.fileCount());
        json.writeEndObject();
    }

    public static void packed(@Nullable Long bytes, JsonGenerator json) throws IOException {
        if (bytes == null) {
            json.writeNullField("packedBytes");
        } else {
            json.writeNumberField("packedBytes", bytes);
        }
    }

    public static Sizes read(JsonNode node) throws IOException {
        return new Sizes(
                Fields.number(node, "unpackedBytes"),
                Fields.number(node, "visibleBytes"),
                Fields.number(node, "wastedBytes"),
                Fields.number(node, "modelBytes"),
                Fields.number(node, "withoutModelBytes"),
                Fields.number(node, "ownBytes"),
                Fields.optionalNumber(node, "packedBytes"),
                (int) Fields.number(node, "layerCount"),
                Fields.number(node, "fileCount"));
    }
}
