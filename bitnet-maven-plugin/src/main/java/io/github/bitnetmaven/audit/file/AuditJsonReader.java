package io.github.bitnetmaven.audit.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code audit.json}, also one that somebody else wrote: what it lacks or has wrong is told, never guessed. */
public final class AuditJsonReader {
    private static final long MAXIMUM_BYTES = 64L << 20;

    private AuditJsonReader() {}

    /**
     * Reads an audit.
     *
     * @throws AuditFileException when the file is missing, no JSON, or of another schema
     */
    public static RecordedAudit read(Path file) throws AuditFileException {
        try {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw new AuditFileException(file + " has more than " + MAXIMUM_BYTES + " bytes, so it is no audit.json.");
            }
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
            String schema = root == null ? "" : root.path("schema").asText("");
            if (!schema.equals(AuditJsonWriter.SCHEMA)) {
                throw new AuditFileException(file + (schema.isEmpty() ? " has no schema" : " has the schema '"
                        + (schema.length() > 60 ? schema.substring(0, 60) + "…" : schema) + "'")
                        + ", but an audit has " + AuditJsonWriter.SCHEMA
                        + ". Name an audit.json that this version of the plugin wrote.");
            }
            return audit(root);
        } catch (IOException e) {
            throw new AuditFileException(file + " cannot be read as an audit.json: " + Json.reason(e) + ".", e);
        }
    }

    private static RecordedAudit audit(JsonNode root) throws IOException {
        JsonNode image = root.path("image");
        JsonNode sizes = root.path("sizes");
        RecordedAudit audit = new RecordedAudit(
                constant(Outcome.class, root, "outcome"),
                new RecordedImage(
                        text(image, "name"), optional(image, "id"), optional(image, "source"), optional(image, "platform")),
                sizes.isObject() ? sizes(sizes) : null,
                items(root, "layers", AuditJsonReader::layer),
                items(root, "components", c -> new Component(text(c, "name"), number(c, "bytes"), number(c, "fileCount"))),
                items(root, "budgets", AuditJsonReader::verdict),
                items(root, "findings", AuditJsonReader::finding),
                items(root, "uncheckedDigests", JsonNode::asText),
                optional(root, "error"));
        if (audit.sizes() == null && audit.outcome() != Outcome.ERROR) {
            throw new IOException("it has no sizes");
        }
        for (int i = 0; i < audit.layers().size(); i++) {
            if (audit.layers().get(i).index() != i) {
                throw new IOException("its layers are not in order");
            }
        }
        for (Verdict verdict : audit.verdicts()) {
            for (Contributor contributor : verdict.contributors()) {
                if (contributor.layer() >= audit.layers().size()) {
                    throw new IOException("a budget names a layer that is not there");
                }
            }
        }
        return audit;
    }

    private interface Item<T> {
        T read(JsonNode node) throws IOException;
    }

    private static <T> List<T> items(JsonNode parent, String name, Item<T> each) throws IOException {
        List<T> items = new ArrayList<>();
        for (JsonNode node : parent.path(name)) {
            items.add(each.read(node));
        }
        return items;
    }

    private static Sizes sizes(JsonNode node) throws IOException {
        return new Sizes(
                number(node, "unpackedBytes"),
                number(node, "visibleBytes"),
                number(node, "wastedBytes"),
                number(node, "modelBytes"),
                number(node, "withoutModelBytes"),
                number(node, "ownBytes"),
                optionalNumber(node, "packedBytes"),
                (int) number(node, "layerCount"),
                number(node, "fileCount"));
    }

    private static RecordedLayer layer(JsonNode node) throws IOException {
        return new RecordedLayer(
                (int) number(node, "index"),
                text(node, "diffId"),
                text(node, "createdBy"),
                node.path("base").asBoolean(false),
                number(node, "unpackedBytes"),
                optionalNumber(node, "packedBytes"),
                node.path("modelBytes").asLong(0),
                number(node, "fileCount"));
    }

    private static Verdict verdict(JsonNode node) throws IOException {
        return new Verdict(
                shown(node, "budget"),
                shown(node, "subject"),
                shown(node, "limit"),
                number(node, "limitBytes"),
                number(node, "actualBytes"),
                constant(Verdict.Unit.class, node, "unit"),
                constant(Level.class, node, "level"),
                optional(node, "reason"),
                text(node, "verdict").equals("pass"),
                shown(node, "actual"),
                shown(node, "difference"),
                shown(node, "message"),
                items(node, "contributors", c ->
                        new Contributor(text(c, "path"), number(c, "bytes"), (int) number(c, "layer"))),
                waived(node.path("waiver")));
    }

    private static Verdict.@Nullable Waived waived(JsonNode node) throws IOException {
        if (!node.isObject()) {
            return null;
        }
        try {
            return new Verdict.Waived(
                    LocalDate.parse(text(node, "until")), text(node, "reason"), node.path("inForce").asBoolean(false));
        } catch (DateTimeParseException e) {
            throw new IOException("'until' is no date");
        }
    }

    private static Finding finding(JsonNode node) throws IOException {
        return new Finding(
                text(node, "rule"),
                text(node, "title"),
                text(node, "path"),
                node.path("layer").asInt(-1),
                number(node, "bytes"),
                text(node, "advice"));
    }

    private static String text(JsonNode node, String name) throws IOException {
        String text = optional(node, name);
        if (text == null) {
            throw new IOException("'" + name + "' is missing");
        }
        return text;
    }

    /** What a verdict promises to be safe to print, whoever wrote the file. */
    private static String shown(JsonNode node, String name) throws IOException {
        return Printable.of(text(node, name));
    }

    private static @Nullable String optional(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }

    private static long number(JsonNode node, String name) throws IOException {
        Long number = optionalNumber(node, name);
        if (number == null || number < 0) {
            throw new IOException("'" + name + "' is no number of bytes, files or layers");
        }
        return number;
    }

    private static @Nullable Long optionalNumber(JsonNode node, String name) {
        return node.path(name).canConvertToLong() && node.path(name).isIntegralNumber() ? node.path(name).longValue() : null;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, String name) throws IOException {
        String text = text(node, name).toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new IOException("'" + name + "' has a value that is not known");
    }
}
