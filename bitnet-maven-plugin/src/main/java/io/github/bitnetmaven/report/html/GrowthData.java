package io.github.bitnetmaven.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Growth.FileGrowth;
import io.github.bitnetmaven.audit.growth.Growth.FileTotals;
import io.github.bitnetmaven.audit.growth.Growth.LayerGrowth;
import io.github.bitnetmaven.audit.growth.Growth.NamedGrowth;
import io.github.bitnetmaven.audit.growth.Growth.PartGrowth;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What grew, as JSON of the page. The lists are bounded already, largest change first; here they are cut further. */
final class GrowthData {
    private static final int MAXIMUM = 25;
    private static final int PATH = 500;

    private final JsonGenerator json;

    GrowthData(JsonGenerator json) {
        this.json = json;
    }

    void write(@Nullable Growth growth) throws IOException {
        if (growth == null) {
            json.writeNullField("growth");
            return;
        }
        json.writeObjectFieldStart("growth");
        text("kind", growth.against().kind());
        text("where", growth.against().where());
        text("image", growth.against().image());
        json.writeStringField("base", growth.base().name().toLowerCase(Locale.ROOT));
        array("parts", growth.parts(), this::part);
        array("components", growth.components(), this::named);
        array("layers", growth.layers(), this::layer);
        array("directories", growth.directories(), this::named);
        array("files", growth.files(), this::file);
        array("moved", growth.moved(), this::file);
        totals(growth.totals());
        json.writeEndObject();
    }

    private interface Item<T> {
        void write(T item) throws IOException;
    }

    private <T> void array(String name, List<T> items, Item<T> each) throws IOException {
        json.writeArrayFieldStart(name);
        for (T item : items.subList(0, Math.min(MAXIMUM, items.size()))) {
            json.writeStartObject();
            each.write(item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void text(String name, String text) throws IOException {
        json.writeStringField(name, PageJson.text(text, PATH));
    }

    private void change(long before, long after) throws IOException {
        json.writeNumberField("before", before);
        json.writeNumberField("after", after);
    }

    private void part(PartGrowth part) throws IOException {
        json.writeStringField("name", part.part().name().toLowerCase(Locale.ROOT));
        change(part.beforeBytes(), part.afterBytes());
    }

    private void named(NamedGrowth named) throws IOException {
        text("name", named.name());
        change(named.beforeBytes(), named.afterBytes());
    }

    private void layer(LayerGrowth layer) throws IOException {
        json.writeObjectField("beforeIndex", layer.beforeIndex());
        json.writeObjectField("afterIndex", layer.afterIndex());
        json.writeStringField("createdBy", PageJson.instruction(layer.createdBy()));
        change(layer.beforeBytes(), layer.afterBytes());
    }

    private void file(FileGrowth file) throws IOException {
        text("path", file.path());
        if (file.from() != null) {
            text("from", file.from());
        }
        json.writeStringField("kind", file.kind().name().toLowerCase(Locale.ROOT));
        change(file.beforeBytes(), file.afterBytes());
    }

    private void totals(FileTotals totals) throws IOException {
        if (!totals.compared()) {
            json.writeNullField("totals");
            return;
        }
        json.writeObjectFieldStart("totals");
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
}
