package io.github.bitnetmaven.audit.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.json.Fields;
import io.github.bitnetmaven.audit.json.Json;
import io.github.bitnetmaven.audit.json.SizesJson;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
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
                Fields.constant(Outcome.class, root, "outcome"),
                new RecordedImage(
                        Fields.text(image, "name"),
                        Fields.optional(image, "id"),
                        Fields.optional(image, "source"),
                        Fields.optional(image, "platform")),
                sizes.isObject() ? SizesJson.read(sizes) : null,
                Fields.items(root, "layers", AuditJsonReader::layer),
                Fields.items(root, "components", AuditJsonReader::component),
                Fields.items(root, "budgets", AuditJsonReader::verdict),
                Fields.items(root, "findings", AuditJsonReader::finding),
                Fields.items(root, "uncheckedDigests", JsonNode::asText),
                Fields.optional(root, "error"),
                GrowthJson.read(root.path("growth")));
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

    private static Component component(JsonNode node) throws IOException {
        return new Component(
                Fields.text(node, "name"), Fields.number(node, "bytes"), Fields.number(node, "fileCount"));
    }

    private static RecordedLayer layer(JsonNode node) throws IOException {
        return new RecordedLayer(
                (int) Fields.number(node, "index"),
                Fields.text(node, "diffId"),
                Fields.text(node, "createdBy"),
                node.path("base").asBoolean(false),
                Fields.number(node, "unpackedBytes"),
                Fields.optionalNumber(node, "packedBytes"),
                node.path("modelBytes").asLong(0),
                Fields.number(node, "fileCount"));
    }

    private static Verdict verdict(JsonNode node) throws IOException {
        return new Verdict(
                shown(node, "budget"),
                shown(node, "subject"),
                shown(node, "limit"),
                Fields.number(node, "limitBytes"),
                Fields.number(node, "actualBytes"),
                Fields.constant(Verdict.Unit.class, node, "unit"),
                Fields.constant(Level.class, node, "level"),
                Fields.optional(node, "reason"),
                Fields.text(node, "verdict").equals("pass"),
                shown(node, "actual"),
                shown(node, "difference"),
                shown(node, "message"),
                Fields.items(node, "contributors", c -> new Contributor(
                        Fields.text(c, "path"), Fields.number(c, "bytes"), (int) Fields.number(c, "layer"))),
                waived(node.path("waiver")));
    }

    private static Verdict.@Nullable Waived waived(JsonNode node) throws IOException {
        if (!node.isObject()) {
            return null;
        }
        try {
            return new Verdict.Waived(
                    LocalDate.parse(Fields.text(node, "until")),
                    Fields.text(node, "reason"),
                    node.path("inForce").asBoolean(false));
        } catch (DateTimeParseException e) {
            throw new IOException("'until' is no date");
        }
    }

    private static Finding finding(JsonNode node) throws IOException {
        return new Finding(
                Fields.text(node, "rule"),
                Fields.text(node, "title"),
                Fields.text(node, "path"),
                node.path("layer").asInt(-1),
                Fields.number(node, "bytes"),
                Fields.text(node, "advice"));
    }

    /** What a verdict promises to be safe to print, whoever wrote the file. */
    private static String shown(JsonNode node, String name) throws IOException {
        return Printable.of(Fields.text(node, name));
    }
}
