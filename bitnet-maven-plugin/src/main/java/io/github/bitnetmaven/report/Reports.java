package io.github.bitnetmaven.report;

import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.file.AuditJsonWriter;
import io.github.bitnetmaven.audit.file.InventoryWriter;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The report files of an audit, in one directory. Each is there whole or not at all. */
public record Reports(Path directory) {
    public static final String AUDIT = "audit.json";
    public static final String INVENTORY = "inventory.ndjson.gz";

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Removes what an earlier audit left, so that it is not taken for this one's. */
    public void removeStale() throws ReportException {
        for (String name : List.of(AUDIT, INVENTORY)) {
            try {
                Files.deleteIfExists(directory.resolve(name));
            } catch (IOException e) {
                throw new ReportException(
                        "Cannot remove the report of an earlier audit, " + directory.resolve(name) + ": " + reason(e)
                                + ". Remove it by hand or set another directory with -Dbitnet.reportDirectory.",
                        e);
            }
        }
    }

    /**
     * Writes the reports.
     *
     * @return the files, for people to look at
     */
    public List<Path> write(Audit audit) throws ReportException {
        return List.of(
                write(INVENTORY, out -> InventoryWriter.write(audit.image().files(), audit.components(), out)),
                write(AUDIT, out -> AuditJsonWriter.write(audit.recorded(), out)));
    }

    /**
     * Writes {@code audit.json} of an audit that could not be done.
     *
     * @param image as the user called it
     */
    public Path writeError(String image, String error) throws ReportException {
        return write(AUDIT, out -> AuditJsonWriter.write(RecordedAudit.failed(image, error), out));
    }

    private Path write(String name, Content content) throws ReportException {
        Path file = directory.resolve(name);
        try {
            Files.createDirectories(directory);
            Path temporary = Files.createTempFile(directory, "." + name, ".tmp");
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                    content.write(out);
                }
                Files.move(
                        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            return file;
        } catch (IOException e) {
            throw new ReportException(
                    "Cannot write " + file + ": " + reason(e)
                            + ". Set a directory that can be written with -Dbitnet.reportDirectory.",
                    e);
        }
    }

    /** File system exceptions often have nothing but the path as their message. */
    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    }
}
