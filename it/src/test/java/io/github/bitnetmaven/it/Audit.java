package io.github.bitnetmaven.it;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** The {@code audit.json} of a project, and the inventory beside it. */
public final class Audit {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final JsonNode root;

    private Audit(Path directory, JsonNode root) {
        this.directory = directory;
        this.root = root;
    }

    /** The audit of the project in that directory. */
    public static Audit of(Path project) throws IOException {
        return in(project.resolve("target/bitnet"));
    }

    /** The audit in a report directory. It, and the inventory when there is one, keep their schemas. */
    public static Audit in(Path directory) throws IOException {
        JsonNode root = JSON.readTree(directory.resolve("audit.json").toFile());
        valid(schema("audit.schema.json"), root, "audit.json");
        Audit audit = new Audit(directory, root);
        if (Files.exists(directory.resolve("inventory.ndjson.gz"))) {
            JsonSchema schema = schema("inventory.schema.json");
            for (JsonNode line : audit.inventory()) {
                valid(schema, line, "the inventory");
            }
        }
        return audit;
    }

    private static JsonSchema schema(String name) throws IOException {
        try (InputStream in = Audit.class.getResourceAsStream("/schemas/" + name)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
        }
    }

    private static void valid(JsonSchema schema, JsonNode json, String what) {
        Set<ValidationMessage> broken = schema.validate(json);
        if (!broken.isEmpty()) {
            throw new AssertionError(what + " does not keep its schema in docs: " + broken + "\n" + json);
        }
    }

    /** A number by its JSON pointer, such as {@code /sizes/unpackedBytes}. */
    public long number(String pointer) {
        JsonNode node = root.at(pointer);
        if (!node.isIntegralNumber()) {
            throw new AssertionError("audit.json has no number at " + pointer + ": " + root);
        }
        return node.asLong();
    }

    /** A text by its JSON pointer. */
    public String text(String pointer) {
        JsonNode node = root.at(pointer);
        if (!node.isTextual()) {
            throw new AssertionError("audit.json has no text at " + pointer + ": " + root);
        }
        return node.asText();
    }

    /** A list by its JSON pointer. */
    public List<Object> list(String pointer) {
        return JSON.convertValue(root.at(pointer), new TypeReference<>() {});
    }

    /** The first verdict on a budget that was passed, else the first on it. */
    public Map<String, Object> budget(String name) {
        JsonNode found = null;
        for (JsonNode budget : root.path("budgets")) {
            if (budget.path("budget").asText().equals(name)
                    && (found == null || (isKept(found) && !isKept(budget)))) {
                found = budget;
            }
        }
        if (found == null) {
            throw new AssertionError("audit.json has no budget " + name + ": " + root);
        }
        return JSON.convertValue(found, new TypeReference<>() {});
    }

    private static boolean isKept(JsonNode budget) {
        return budget.path("verdict").asText().equals("pass");
    }

    /** The files and links of the merged file system. */
    public List<String> paths() throws IOException {
        List<String> paths = new ArrayList<>();
        for (JsonNode line : inventory()) {
            paths.add(line.path("path").asText());
        }
        return paths;
    }

    private List<JsonNode> inventory() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve("inventory.ndjson.gz")))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isEmpty()) {
                    lines.add(JSON.readTree(line));
                }
            }
        }
        return lines;
    }

    /** Megabytes or kilobytes with three significant digits, as messages print a size. */
    public static String printed(long bytes) {
        return printed(bytes, RoundingMode.HALF_UP);
    }

    /** The same, rounded away from a limit that lies below. */
    public static String roundedUp(long bytes) {
        return printed(bytes, RoundingMode.CEILING);
    }

    private static String printed(long bytes, RoundingMode rounding) {
        BigDecimal rounded = new BigDecimal(bytes).round(new java.math.MathContext(3, rounding));
        boolean mega = rounded.compareTo(BigDecimal.valueOf(1_000_000)) >= 0;
        BigDecimal number = rounded.movePointLeft(mega ? 6 : 3).stripTrailingZeros();
        return number.toPlainString() + (mega ? " MB" : " kB");
    }

    @Override
    public String toString() {
        return root.toPrettyString();
    }
}
