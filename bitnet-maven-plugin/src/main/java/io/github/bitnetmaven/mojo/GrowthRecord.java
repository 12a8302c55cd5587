package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Past;
import io.github.bitnetmaven.audit.baseline.Baseline;
import io.github.bitnetmaven.audit.baseline.BaselineFile;
import io.github.bitnetmaven.audit.baseline.ReferenceFile;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.GrowthException;
import io.github.bitnetmaven.audit.growth.GrowthReference;
import io.github.bitnetmaven.audit.growth.MeasuredSnapshot;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.audit.history.HistoryEntry;
import io.github.bitnetmaven.audit.history.HistoryFile;
import io.github.bitnetmaven.audit.history.Revision;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.GrowthSettings;
import io.github.bitnetmaven.configuration.ReferenceLocation;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** What came before an audit, and what is kept of it. */
final class GrowthRecord {
    private final GrowthSettings settings;
    private final Path directory;
    private final Log log;
    private final MeasuredBefore before;
    private @Nullable Revision revision;

    /** Reads what to compare with. */
    interface MeasuredBefore {
        @Nullable GrowthReference open(ReferenceLocation location, List<String> baseDiffIds) throws BitnetException;
    }

    GrowthRecord(GrowthSettings settings, Path directory, MeasuredBefore before, Log log) {
        this.settings = settings;
        this.directory = directory;
        this.before = before;
        this.log = log;
    }

    /** What the image is held against; a bad baseline, history or revision is refused before the image is read. */
    Past past(List<String> baseDiffIds) throws BitnetException {
        ReferenceLocation location = settings.baseline();
        GrowthReference reference = location == null ? null : before.open(location, baseDiffIds);
        if (location != null && reference == null && settings.required()) {
            throw new GrowthException("There is no baseline " + location.text() + ". Record one with bitnet:baseline, or"
                    + " name what to compare with in -Dbitnet.baseline.");
        }
        if (settings.update() && reference != null && !reference.kind().equals(ReferenceFile.BASELINE)) {
            throw new GrowthException("bitnet.baseline.update lowers a baseline file, but " + reference.where()
                    + " is none. Name one with <growth><baseline> (-Dbitnet.baseline).");
        }
        Path file = settings.history();
        History history = HistoryFile.read(file);
        if (history.torn()) {
            log.warn("The last line of the history " + file + " was cut off and is left out.");
        }
        if (file != null && settings.append()) {
            revision = Revision.of(settings, directory);
        }
        return new Past(reference, history);
    }

    /** The history as it will be with the audit. */
    History after(Past past, Audit audit) {
        return revision == null ? past.history() : past.history().with(entry(audit, revision));
    }

    private static HistoryEntry entry(Audit audit, Revision revision) {
        return HistoryEntry.of(
                new MeasuredSnapshot(audit.measurement(), audit.components()),
                audit.outcome(),
                revision.id(),
                revision.time());
    }

    /** Adds the audit to the history, and lowers the baseline. */
    void keep(Audit audit) throws BitnetException {
        Path file = settings.history();
        if (file != null && revision != null) {
            boolean added = new HistoryFile(file).append(entry(audit, revision));
            log.info((added ? "Added to the history " : "Already in the history ") + file);
        }
        ReferenceLocation location = settings.baseline();
        if (settings.update() && location != null && location.path() != null) {
            lower(audit, location.path(), location.text());
        }
    }

    private void lower(Audit audit, Path file, String shown) throws BitnetException {
        Growth growth = audit.growth();
        String kept = "The baseline " + shown + " stays as it is: ";
        if (growth == null) {
            log.warn("There is no baseline " + shown + " to lower. Record one with bitnet:baseline.");
        } else if (audit.outcome() == Outcome.FAIL) {
            log.info(kept + "a budget is exceeded.");
        } else if (!Baseline.isLowerThan(growth)) {
            log.info(kept + "the image has not shrunk.");
        } else {
            BaselineFile.write(
                    Baseline.of(new MeasuredSnapshot(audit.measurement(), audit.components())), file);
            log.info("The baseline " + shown + " was lowered by "
                    + ByteSize.print(growth.before().unpackedBytes() - growth.after().unpackedBytes())
                    + ". Commit it, so that the image does not grow again.");
        }
    }
}
