package io.github.bitnetmaven.mojo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.dockerfile.BuildContext;
import io.github.bitnetmaven.dockerfile.ImageLabels;
import io.github.bitnetmaven.model.ModelFile;
import io.github.bitnetmaven.mojo.AuditRun.Subject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Builds an image and audits the very image that was built. */
final class ImageBuild {
    private static final int SHORT_ID = 19;

    private final Wiring wiring;
    private final BuildInput input;
    private final AuditInput auditInput;
    private final ImageLabels labels;
    private final boolean force;
    private final Log log;

    /** @param force whether docker-maven-plugin is run even if nothing changed */
    ImageBuild(Wiring wiring, BuildInput input, AuditInput auditInput, ImageLabels labels, boolean force) {
        this.wiring = wiring;
        this.input = input;
        this.auditInput = auditInput;
        this.labels = labels;
        this.force = force;
        this.log = wiring.log();
    }

    void run(BuildPluginManager plugins, String packaging)
            throws BitnetException, MojoExecutionException, MojoFailureException {
        String name = input.image().name();
        String skipped = wiring.skipProperties().reasonToSkip(packaging);
        if (skipped != null) {
            log.info("Skipped: " + skipped + ". " + name + " was neither built nor audited.");
            wiring.skippedBuilds().remember(name, skipped);
            return;
        }
        AuditRun audit = new AuditRun(withDefault(auditInput), wiring);
        String filter = wiring.skipProperties().filterWithout(name);
        if (filter != null) {
            throw audit.cannotAudit(
                    name,
                    "docker.filter is '" + filter + "', so docker-maven-plugin is told not to build it. Add " + name
                            + " to docker.filter, or skip this goal with bitnet.build.skip.",
                    null);
        }
        String id = build(plugins, audit);
        audit.audit(name, () -> new Subject(wiring.engineImage(id), wiring.diffIds(input.image().baseImage())));
    }

    private AuditInput withDefault(AuditInput given) {
        if (!given.budgets().isEmpty()) {
            return given;
        }
        log.info(Budgets.DEFAULT_IS_USED);
        return given.withBudgets(Budgets.defaults());
    }

    /** A model of gigabytes is neither downloaded nor sent to the engine for an image that cannot keep its budgets. */
    private void refuseTooLarge(@Nullable String model, long bytes) throws MojoFailureException {
        if (model == null || bytes == 0 || !auditInput.haltOnFailure()) {
            return;
        }
        Optional<String> why = auditInput
                .budgets()
                .whyTooLarge(input.image().name(), model, bytes, LocalDate.now(ZoneOffset.UTC));
        if (why.isPresent()) {
            throw new MojoFailureException(why.get());
        }
    }

    private String build(BuildPluginManager plugins, AuditRun audit)
            throws BitnetException, MojoExecutionException, MojoFailureException {
        BuildSteps steps = new BuildSteps(wiring, input);
        steps.check();
        steps.checkBase();
        refuseTooLarge(steps.modelFileName(), steps.knownModelBytes());
        ModelFile model = steps.model();
        if (model != null) {
            refuseTooLarge(model.fileName(), model.bytes());
        }
        BackendPlan plan = steps.plan();
        BuildContext context = steps.context(plan, model, labels);
        steps.deployments(model);
        String name = input.image().name();
        ImageBuilder builder = wiring.imageBuilder(plugins);
        Optional<String> unchanged = force ? Optional.empty() : steps.unchangedImage(builder, name, context);
        if (unchanged.isPresent()) {
            log.info("Nothing changed since " + name + " was built: docker-maven-plugin is not run, image "
                    + shortened(unchanged.get()) + ".");
            return unchanged.get();
        }
        log.info("Building image " + name + " on " + wiring.engine().address());
        Optional<String> id = steps.image(builder, name, context, null);
        if (id.isEmpty()) {
            throw audit.cannotAudit(
                    name,
                    "docker-maven-plugin reported success but built no image on the engine at "
                            + wiring.engine().address() + ". Its lines above tell what it did instead; a docker.*"
                            + " property may have told it to.",
                    null);
        }
        log.info("Built image " + name + ", id " + shortened(id.get()));
        return id.get();
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }
}
