package io.github.bitnetmaven.report.format;

import io.github.bitnetmaven.audit.file.InventoryFile;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import java.io.IOException;
import java.util.List;

/**
 * One way to show an audit. All that it may know of it is in {@code audit.json} and the inventory, so that it can be made
 * again later, and for somebody else's audit; what came before is in the history of the settings. Listed in {@code
 * ReportChoice}.
 */
public interface Report {
    /** Its name in {@code <reports>}. */
    String id();

    /** The files it writes into the report directory: those of an earlier audit are removed. */
    List<String> files();

    /**
     * Begins to make it.
     *
     * @param audit also one that could not be done, which has no sizes and an error
     */
    Draft draft(RecordedAudit audit, ReportSettings settings);

    /** A report in the making. The inventory is read once for all of them. */
    interface Draft {
        /** Takes a file of the image: each once, sorted by path. An audit that could not be done has none. */
        default void file(InventoryFile file) {}

        /** Writes it, after the last file. */
        void write(ReportOutput out) throws IOException, ReportException;
    }
}
