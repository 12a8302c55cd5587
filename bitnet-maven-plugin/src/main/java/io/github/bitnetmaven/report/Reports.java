package io.github.bitnetmaven.report;

import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.file.AuditFileException;
import io.github.bitnetmaven.audit.file.AuditJsonReader;
import io.github.bitnetmaven.audit.file.AuditJsonWriter;
import io.github.bitnetmaven.audit.file.InventoryReader;
import io.github.bitnetmaven.audit.file.InventorySums;
import io.github.bitnetmaven.audit.file.InventoryWriter;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.format.Report.Draft;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.report.format.ReportException;
import io.github.bitnetmaven.report.format.ReportOutput;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes what an audit leaves behind: {@code audit.json} and the inventory, and the chosen reports, which are made of
 * those two, and of a history where one is kept.
 *
 * @param console takes lines for people
 * @param commands takes lines for a build server, to be printed as they are
 */
public record Reports(
        ReportDirectory directory,
        ReportChoice choice,
        ReportSettings settings,
        Consumer<String> console,
        Consumer<String> commands) {
    public static final String AUDIT = "audit.json";
    public static final String INVENTORY = "inventory.ndjson.gz";

    /** Removes what an earlier audit left in the directory, also reports that are not chosen any more. */
    public static void removeStale(Path directory) throws ReportException {
        List<String> names = new ArrayList<>(List.of(AUDIT, INVENTORY));
        names.addAll(ReportChoice.files());
        new ReportDirectory(directory).remove(names);
    }

    /** The same, which also tell how the sizes came about over time. */
    public Reports withHistory(History history) {
        return new Reports(directory, choice, settings.withHistory(history), console, commands);
    }

    /** Writes everything about an audit. */
    public void write(Audit audit) throws ReportException, AuditFileException {
        ReportOutput out = new ReportOutput(directory, console, commands);
        RecordedAudit recorded = audit.recorded();
        out.file(INVENTORY, stream -> InventoryWriter.write(audit.image(), audit.components(), stream));
        out.file(AUDIT, stream -> AuditJsonWriter.write(recorded, stream));
        write(recorded, directory.resolve(INVENTORY), out);
    }

    /**
     * Writes everything about an audit that could not be done. Nothing is printed for people: the error itself will be.
     *
     * @param image as the user called it
     */
    public void writeFailed(String image, String error) throws ReportException, AuditFileException {
        ReportOutput out = new ReportOutput(directory, line -> {}, commands);
        RecordedAudit failed = RecordedAudit.failed(image, error);
        out.file(AUDIT, stream -> AuditJsonWriter.write(failed, stream));
        write(failed, directory.resolve(INVENTORY), out);
    }

    /**
     * Makes the reports of an earlier audit, maybe somebody else's. Reports of another audit that are in the directory
     * are removed.
     *
     * @param audit its {@code audit.json}; the inventory must be beside it
     */
    public void writeAgain(Path audit) throws ReportException, AuditFileException {
        RecordedAudit recorded = AuditJsonReader.read(audit);
        if (!audit.toAbsolutePath().normalize().equals(directory.resolve(AUDIT).toAbsolutePath().normalize())) {
            directory.remove(ReportChoice.files());
        }
        write(recorded, audit.resolveSibling(INVENTORY), new ReportOutput(directory, console, commands));
    }

    private void write(RecordedAudit audit, Path inventory, ReportOutput out) throws ReportException, AuditFileException {
        List<Draft> drafts = new ArrayList<>();
        for (Report report : choice.reports()) {
            drafts.add(report.draft(audit, settings));
        }
        if (audit.sizes() != null && !drafts.isEmpty()) {
            InventorySums sums = new InventorySums(audit);
            InventoryReader.read(inventory, file -> {
                sums.subtract(file);
                drafts.forEach(draft -> draft.file(file));
            });
            sums.throwUnlessZero(inventory);
        }
        for (Draft draft : drafts) {
            try {
                draft.write(out);
            } catch (IOException e) {
                throw new ReportException("A report cannot be written: " + e.getMessage() + ".", e);
            }
        }
    }
}
