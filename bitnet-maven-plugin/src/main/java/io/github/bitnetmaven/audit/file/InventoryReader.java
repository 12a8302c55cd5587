package io.github.bitnetmaven.audit.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.bitnetmaven.audit.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads {@code inventory.ndjson.gz}, a file at a time: an inventory may hold a million of them. */
public final class InventoryReader {
    private static final int BUFFER = 1 << 16;

    private InventoryReader() {}

    /**
     * Reads the inventory to its end.
     *
     * @param each is given the files, sorted by path
     * @throws AuditFileException when it is missing, cut off, or no inventory
     */
    public static void read(Path inventory, Consumer<InventoryFile> each) throws AuditFileException {
        long line = 1;
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(inventory)), BUFFER);
                JsonParser json = Json.parser(in)) {
            while (json.nextToken() != null) {
                each.accept(file(json));
                line++;
            }
        } catch (IOException e) {
            throw new AuditFileException(
                    "The inventory " + inventory + " cannot be read (line " + line + "): " + Json.reason(e)
                            + ". Audit the image again to write it anew.",
                    e);
        }
    }

    private static InventoryFile file(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("a line is no object");
        }
        String path = null;
        long bytes = -1;
        int layer = -1;
        String component = null;
        String sha256 = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value.isStructStart()) {
                json.skipChildren();
            } else if (name.equals("path") && value == JsonToken.VALUE_STRING) {
                path = json.getText();
            } else if (name.equals("bytes") && value == JsonToken.VALUE_NUMBER_INT) {
                bytes = json.getLongValue();
            } else if (name.equals("layer") && value == JsonToken.VALUE_NUMBER_INT) {
                layer = json.getIntValue();
            } else if (name.equals("component") && value == JsonToken.VALUE_STRING) {
                component = json.getText().intern();
            } else if (name.equals("sha256") && value == JsonToken.VALUE_STRING) {
                sha256 = json.getText();
            }
        }
        if (path == null || component == null || bytes < 0 || layer < 0) {
            throw new IOException("a line lacks path, bytes, layer or component");
        }
        return new InventoryFile(path, bytes, layer, component, sha256);
    }
}
