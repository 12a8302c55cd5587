package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.Past;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.Outline;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import io.github.bitnetmaven.report.Reports;
import io.github.bitnetmaven.report.console.WaiverNotes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** An audit, from opening the image to the gate: reports are written before anything is thrown. */
final class AuditRun {
    private final AuditInput input;
    private final Wiring wiring;
    private final Reports reports;
    private final Progress progress;
    private final Log log;

    AuditRun(AuditInput input, Wiring wiring) {
        this.input = input;
        this.wiring = wiring;
        this.reports = wiring.reports(input.reportDirectory(), input.reports());
        this.progress = wiring.progress();
        this.log = wiring.log();
    }

    /** Finds what is to be audited. */
    interface Opener {
        Subject open() throws BitnetException;
    }

    /**
     * What is to be audited.
     *
     * @param baseDiffIds layers of the base image, lowest first; empty when there is none
     */
    record Subject(ImageSource source, List<String> baseDiffIds) {}

    /**
     * Audits an image.
     *
     * @param name as the user calls it
     * @throws MojoExecutionException {@code Cannot audit NAME: …}, when the figures would not be certain; or what is to be
     *     kept of them cannot be written
     * @throws MojoFailureException {@code N of M budgets exceeded for NAME}
     */
    void audit(String name, Opener opener) throws MojoExecutionException, MojoFailureException {
        Audit audit;
        GrowthRecord record;
        try (References references = new References(wiring, input.modelPatterns(), input.platform())) {
            Subject subject = opener.open();
            record = new GrowthRecord(input.growth(), wiring.baseDirectory(), references::open, log);
            Past past = record.past(subject.baseDiffIds());
            ReadOptions options = new ReadOptions(
                    input.platform(), input.verifyDigests(), false, subject.baseDiffIds(), List.of());
            warnEarly(name, subject.source().outline(options));
            audit = new Auditor(input.budgets(), input.modelPatterns())
                    .against(past)
                    .audit(named(name, subject.source()), options, progress);
            write(name, audit, reports.withHistory(record.after(past, audit)));
        } catch (BitnetException e) {
            throw cannotAudit(name, e.getMessage(), e);
        }
        keep(audit, record);
        WaiverNotes.of(audit.verdicts(), LocalDate.now(ZoneOffset.UTC)).forEach(log::warn);
        if (audit.outcome() == Outcome.FAIL) {
            if (input.haltOnFailure()) {
                throw new MojoFailureException(audit.failureMessage());
            }
            log.warn(audit.failureMessage());
            log.warn("The build goes on, since bitnet.haltOnFailure is false.");
        }
    }

    /** Of an image that was audited, nobody may read that it could not be. */
    private void write(String name, Audit audit, Reports all) throws MojoExecutionException {
        try {
            all.write(audit);
        } catch (BitnetException e) {
            if (audit.outcome() == Outcome.FAIL) {
                log.error(audit.failureMessage());
            }
            throw new MojoExecutionException("The reports on " + name + " are not complete: " + e.getMessage(), e);
        }
    }

    /** What cannot be recorded fails the build, but does not hide that a budget was exceeded. */
    private void keep(Audit audit, GrowthRecord record) throws MojoExecutionException {
        try {
            record.keep(audit);
        } catch (BitnetException e) {
            if (audit.outcome() != Outcome.FAIL || !input.haltOnFailure()) {
                throw new MojoExecutionException(e.getMessage(), e);
            }
            log.error(e.getMessage());
        }
    }

    /** What is clear before much is read need not wait; the verdicts come together in the end. */
    private void warnEarly(String name, Optional<Outline> outline) {
        List<String> exceeded = outline.map(o -> input.budgets().foresee(name, o)).orElse(List.of());
        exceeded.forEach(log::warn);
        if (!exceeded.isEmpty()) {
            log.warn("The manifest tells that. The layers are read now, for all other figures.");
        }
    }

    /** An image is read by its id or an absolute path, and reported as the user calls it, on every machine alike. */
    static ImageSource named(String name, ImageSource source) {
        return (options, progress) -> {
            Image image = source.read(options, progress);
            return new Image(
                    name,
                    image.id(),
                    image.source(),
                    image.configuration(),
                    image.layers(),
                    image.files(),
                    image.uncheckedDigests());
        };
    }

    /** The exception for an image that cannot be audited; the reports say so too. */
    MojoExecutionException cannotAudit(String name, String why, @Nullable Exception cause) {
        String message = "Cannot audit " + name + ": " + why;
        MojoExecutionException thrown = new MojoExecutionException(message, cause);
        try {
            reports.writeFailed(name, message);
        } catch (BitnetException e) {
            thrown.addSuppressed(e);
        }
        return thrown;
    }
}
