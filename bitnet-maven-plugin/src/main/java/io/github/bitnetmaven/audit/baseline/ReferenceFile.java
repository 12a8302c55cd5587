package io.github.bitnetmaven.audit.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.audit.file.AuditFileException;
import io.github.bitnetmaven.audit.file.AuditJsonReader;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.growth.GrowthReference;
import io.github.bitnetmaven.audit.json.Json;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what an image is compared with, where that is a file of this plugin. */
public final class ReferenceFile {
    /** What {@link GrowthReference#kind} is for a baseline file. */
    public static final String BASELINE = "baseline";

    private static final String AUDIT = "audit";
    private static final String AUDIT_FILE = "audit.json";
    private static final String INVENTORY = "inventory.ndjson.gz";
    private static final long MAXIMUM_BYTES = 64L << 20;

    private ReferenceFile() {}

    /** Whether it is a file of this plugin, or a report directory: else it may be an image. */
    public static boolean is(Path path) {
        if (Files.isDirectory(path)) {
            return Files.isRegularFile(path.resolve(AUDIT_FILE));
        }
        try (InputStream in = Files.newInputStream(path)) {
            for (int i = 0, c = in.read(); i < 100 && c >= 0; i++, c = in.read()) {
                if (!Character.isWhitespace(c)) {
                    return c == '{';
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads a baseline file, an {@code audit.json}, or the one in a report directory.
     *
     * @param where as the user wrote the path
     * @throws AuditFileException when it is none, of another schema, or of an audit that could not be done
     */
    public static GrowthReference read(Path path, String where) throws AuditFileException {
        Path file = Files.isDirectory(path) ? path.resolve(AUDIT_FILE) : path;
        String schema = schema(file);
        if (schema.equals(BaselineFile.SCHEMA)) {
            try {
                return new GrowthReference(BASELINE, where, BaselineFile.read(tree(file)), true);
            } catch (IOException e) {
                throw new AuditFileException("The baseline " + file + " cannot be read: " + Json.reason(e)
                        + ". Take it from version control again, or record a new one with bitnet:baseline.", e);
            }
        }
        if (schema.startsWith("bitnet-audit/")) {
            return new GrowthReference(AUDIT, where, audit(file), true);
        }
        throw new AuditFileException(file + (schema.isEmpty() ? " has no schema" : " has the schema '"
                + Printable.of(schema, 60) + "'") + ", but a baseline has " + BaselineFile.SCHEMA
                + " and an audit has bitnet-audit/1. Record a baseline with bitnet:baseline.");
    }

    /** An audit that was done, with its files. */
    public static RecordedSnapshot audit(Path file) throws AuditFileException {
        RecordedAudit audit = AuditJsonReader.read(file);
        Sizes sizes = audit.sizes();
        if (audit.outcome() == Outcome.ERROR || sizes == null) {
            throw new AuditFileException(file + " is of an audit that could not be done: "
                    + Printable.of(String.valueOf(audit.error())) + " Audit the image again with bitnet:check.");
        }
        return new RecordedSnapshot(audit, sizes, file.resolveSibling(INVENTORY));
    }

    private static String schema(Path file) throws AuditFileException {
        try {
            return tree(file).path("schema").asText("");
        } catch (IOException e) {
            throw new AuditFileException("The baseline " + file + " cannot be read: " + Json.reason(e)
                    + ". Take it from version control again, or record a new one with bitnet:baseline.", e);
        }
    }

    private static JsonNode tree(Path file) throws IOException {
        if (Files.size(file) > MAXIMUM_BYTES) {
            throw new IOException("it has more than " + MAXIMUM_BYTES + " bytes");
        }
        JsonNode tree = new ObjectMapper().readTree(Files.readAllBytes(file));
        return tree == null ? new ObjectMapper().createObjectNode() : tree;
    }
}
