package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.configuration.SubjectSettings.InRegistry;
import io.github.bitnetmaven.configuration.SubjectSettings;
import io.github.bitnetmaven.engine.EngineException;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.source.ArchiveSources;
import io.github.bitnetmaven.mojo.AuditRun.Subject;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** Audits an image that is there already, wherever it comes from. */
final class ImageCheck {
    private final Wiring wiring;
    private final SubjectSettings subject;
    private final AuditInput input;

    ImageCheck(Wiring wiring, SubjectSettings subject, AuditInput input) {
        this.wiring = wiring;
        this.subject = subject;
        this.input = input;
    }

    void run() throws ConfigurationException, MojoExecutionException, MojoFailureException {
        if (input.budgets().isEmpty()) {
            throw new ConfigurationException(Budgets.NONE_IS_SET);
        }
        AuditRun audit = new AuditRun(input, wiring);
        String name = subject.name();
        Path archive = subject.archive();
        if (archive != null) {
            audit.audit(name, () -> new Subject(ArchiveSources.open(archive), baseDiffIds()));
            return;
        }
        InRegistry inRegistry = subject.registry();
        if (inRegistry != null) {
            audit.audit(name, () -> new Subject(
                    wiring.registryImage(inRegistry.reference(), inRegistry.insecure()), baseDiffIds(inRegistry)));
            return;
        }
        String skipped = wiring.skippedBuilds().reason(name);
        if (skipped != null) {
            throw audit.cannotAudit(
                    name,
                    "this run of Maven did not build it (" + skipped + "), and an older image of that name is not what"
                            + " this project makes. Skip the check as well with -Dbitnet.check.skip, or check the older"
                            + " image in a run of its own.",
                    null);
        }
        audit.audit(name, () -> new Subject(wiring.engineImage(name), baseDiffIds()));
    }

    /** The base image is looked up in its registry too: an engine need not be there. */
    private List<String> baseDiffIds(InRegistry image) throws ConfigurationException, ImageException {
        return subject.baseImage().equals("scratch")
                ? List.of()
                : wiring.registryImage(ImageReference.parse(subject.baseImage()), image.insecure())
                        .diffIds(input.platform());
    }

    private List<String> baseDiffIds() throws EngineException {
        return wiring.diffIds(subject.baseImage());
    }
}
