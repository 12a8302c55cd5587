package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.model.ModelFile;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes the build context into {@code target/bitnet/context}: a two-stage {@code Dockerfile}, ignore files, and what is
 * copied. {@code docker build} can build it as it is.
 */
@Mojo(name = "dockerfile", defaultPhase = LifecyclePhase.PREPARE_PACKAGE, threadSafe = true)
public final class DockerfileMojo extends AbstractImageMojo {
    @Override
    void run() throws BitnetException {
        BuildSteps steps = new BuildSteps(new Wiring(this), input());
        steps.check();
        steps.checkBase();
        ModelFile model = steps.model();
        BackendPlan plan = steps.plan();
        steps.context(plan, model, ProjectLabels.of(project()));
        steps.deployments(model);
    }
}
