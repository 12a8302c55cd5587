package io.github.bitnetmaven.audit.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Growth.Against;
import io.github.bitnetmaven.audit.growth.Growth.BaseChange;
import io.github.bitnetmaven.audit.growth.Growth.FileGrowth;
import io.github.bitnetmaven.audit.growth.Growth.FileTotals;
import io.github.bitnetmaven.audit.growth.Growth.Kind;
import io.github.bitnetmaven.audit.growth.Growth.LayerGrowth;
import io.github.bitnetmaven.audit.growth.Growth.NamedGrowth;
import io.github.bitnetmaven.audit.growth.Growth.Part;
import io.github.bitnetmaven.audit.growth.Growth.PartGrowth;
import io.github.bitnetmaven.audit.json.Fields;
import io.github.bitnetmaven.audit.json.SizesJson;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The object {@code growth} of {@code audit.json} and of a comparison. */
final class GrowthJson {
    private final JsonGenerator json;

    GrowthJson(JsonGenerator json) {
        this.json = json;
    }

    void write(@Nullable Growth growth) throws IOException {
        if (growth == null) {
            json.writeNullField("growth");
            return;
        }
        json.writeObjectFieldStart("growth");
        json.writeObjectFieldStart("against");
        json.writeStringField("kind", growth.against().kind());
        json.writeStringField("where", growth.against().where());
        json.writeStringField("image", growth.against().image());
        json.writeStringField("id", growth.against().id());
        json.writeEndObject();
        SizesJson.write("before", growth.before(), json);
        SizesJson.write("after", growth.after(), json);
        json.writeStringField("base", id(growth.base()));
        json.writeArrayFieldStart("parts");
        for (PartGrowth part : growth.parts()) {
            change("part", id(part.part()), part.beforeBytes(), part.afterBytes());
        }
        json.writeEndArray();
        named("components", growth.components());
        layers(growth.layers());
        named("directories", growth.directories());
        files("files", growth.files());
        files("moved", growth.moved());
        totals(growth.totals());
        json.writeEndObject();
    }

    private void change(String field, String name, long before, long after) throws IOException {
        json.writeStartObject();
        json.writeStringField(field, name);
        bytes(before, after);
        json.writeEndObject();
    }

    private void bytes(long before, long after) throws IOException {
        json.writeNumberField("beforeBytes", before);
        json.writeNumberField("afterBytes", after);
    }

    private void named(String field, List<NamedGrowth> items) throws IOException {
        json.writeArrayFieldStart(field);
        for (NamedGrowth item : items) {
            change("name", item.name(), item.beforeBytes(), item.afterBytes());
        }
        json.writeEndArray();
    }

    private void layers(List<LayerGrowth> layers) throws IOException {
        json.writeArrayFieldStart("layers");
        for (LayerGrowth layer : layers) {
            json.writeStartObject();
            index("before", layer.beforeIndex());
            index("after", layer.afterIndex());
            json.writeStringField("createdBy", layer.createdBy());
            json.writeBooleanField("base", layer.base());
            bytes(layer.beforeBytes(), layer.afterBytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void index(String field, @Nullable Integer index) throws IOException {
        if (index == null) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, index);
        }
    }

    private void files(String field, List<FileGrowth> files) throws IOException {
        json.writeArrayFieldStart(field);
        for (FileGrowth file : files) {
            json.writeStartObject();
            json.writeStringField("path", file.path());
            json.writeStringField("kind", id(file.kind()));
            bytes(file.beforeBytes(), file.afterBytes());
            json.writeStringField("component", file.component());
            if (file.from() != null) {
                json.writeStringField("from", file.from());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void totals(FileTotals totals) throws IOException {
        json.writeObjectFieldStart("totals");
        json.writeBooleanField("filesCompared", totals.compared());
        json.writeNumberField("addedBytes", totals.addedBytes());
        json.writeNumberField("addedFiles", totals.addedFiles());
        json.writeNumberField("removedBytes", totals.removedBytes());
        json.writeNumberField("removedFiles", totals.removedFiles());
        json.writeNumberField("resizedBytes", totals.resizedBytes());
        json.writeNumberField("resizedFiles", totals.resizedFiles());
        json.writeNumberField("movedBytes", totals.movedBytes());
        json.writeNumberField("movedFiles", totals.movedFiles());
        json.writeEndObject();
    }

    /** As other names in JSON: {@code moved-by-name}. */
    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Null where there is none. */
    static @Nullable Growth read(JsonNode node) throws IOException {
        if (!node.isObject()) {
            return null;
        }
        JsonNode against = node.path("against");
        List<PartGrowth> parts = Fields.items(node, "parts", part -> new PartGrowth(
                Fields.constant(Part.class, part, "part"), signed(part, "beforeBytes"), signed(part, "afterBytes")));
        if (!parts.stream().map(PartGrowth::part).toList().equals(List.of(Part.values()))) {
            throw new IOException("its growth has not all parts in their order");
        }
        return new Growth(
                new Against(
                        Fields.text(against, "kind"),
                        Fields.text(against, "where"),
                        Fields.text(against, "image"),
                        Fields.optional(against, "id")),
                SizesJson.read(node.path("before")),
                SizesJson.read(node.path("after")),
                Fields.constant(BaseChange.class, node, "base"),
                parts,
                named(node, "components"),
                Fields.items(node, "layers", layer -> new LayerGrowth(
                        index(layer, "before"),
                        index(layer, "after"),
                        Fields.text(layer, "createdBy"),
                        layer.path("base").asBoolean(false),
                        Fields.number(layer, "beforeBytes"),
                        Fields.number(layer, "afterBytes"))),
                named(node, "directories"),
                files(node, "files"),
                files(node, "moved"),
                totals(node.path("totals")));
    }

    private static FileTotals totals(JsonNode node) throws IOException {
        return new FileTotals(
                node.path("filesCompared").asBoolean(false),
                Fields.number(node, "addedBytes"),
                Fields.number(node, "addedFiles"),
                Fields.number(node, "removedBytes"),
                Fields.number(node, "removedFiles"),
                signed(node, "resizedBytes"),
                Fields.number(node, "resizedFiles"),
                Fields.number(node, "movedBytes"),
                Fields.number(node, "movedFiles"));
    }

    private static List<NamedGrowth> named(JsonNode node, String name) throws IOException {
        return Fields.items(node, name, item -> new NamedGrowth(
                Fields.text(item, "name"), Fields.number(item, "beforeBytes"), Fields.number(item, "afterBytes")));
    }

    private static List<FileGrowth> files(JsonNode node, String name) throws IOException {
        return Fields.items(node, name, file -> new FileGrowth(
                Fields.text(file, "path"),
                Fields.constant(Kind.class, file, "kind"),
                Fields.number(file, "beforeBytes"),
                Fields.number(file, "afterBytes"),
                Fields.text(file, "component"),
                Fields.optional(file, "from")));
    }

    private static @Nullable Integer index(JsonNode node, String name) {
        Long index = Fields.optionalNumber(node, name);
        return index == null ? null : (Integer) index.intValue();
    }

    private static long signed(JsonNode node, String name) throws IOException {
        Long number = Fields.optionalNumber(node, name);
        if (number == null) {
            throw new IOException("'" + name + "' is no number of bytes");
        }
        return number;
    }
}
