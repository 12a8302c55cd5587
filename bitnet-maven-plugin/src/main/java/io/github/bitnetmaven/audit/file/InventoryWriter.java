package io.github.bitnetmaven.audit.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.json.Json;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Writes {@code inventory.ndjson.gz}: a line for each visible file and link, sorted by path. */
public final class InventoryWriter {
    private static final int BUFFER = 1 << 16;

    private InventoryWriter() {}

    /** Writes the files; the stream stays open. */
    public static void write(Image image, Components components, OutputStream out) throws IOException {
        MergedFileSystem files = image.files();
        // Java's gzip header has no time and no name in it.
        GZIPOutputStream gzip = new GZIPOutputStream(out, BUFFER);
        try (JsonGenerator json = Json.generator(gzip)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter(""));
            for (int i = 0; i < files.size(); i++) {
                if (Components.isFileOrLink(files.type(i))) {
                    write(i, image, components, json);
                }
            }
        }
        gzip.finish();
    }

    private static void write(int file, Image image, Components components, JsonGenerator json) throws IOException {
        MergedFileSystem files = image.files();
        json.writeStartObject();
        json.writeStringField("path", files.path(file));
        json.writeNumberField("bytes", files.bytes(file));
        json.writeNumberField("layer", files.layer(file));
        json.writeStringField("component", components.ofFile(file));
        String sha256 = image.layers().get(files.layer(file)).entries().contentDigest(files.entryOfLayer(file));
        if (sha256 != null) {
            json.writeStringField("sha256", sha256);
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }
}
