package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.backend.RuntimeArtifacts;
import io.github.bitnetmaven.configuration.ByteSize;
import java.util.Objects;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Compiles the native backend, in a container (the first stage of the Dockerfile) or on the host, and collects its
 * runtime artifacts in {@code target/bitnet/backend}. Unchanged input compiles nothing.
 */
@Mojo(name = "compile", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public final class CompileMojo extends AbstractImageMojo {
    private final BuildPluginManager plugins;

    @Inject
    public CompileMojo(BuildPluginManager plugins) {
        this.plugins = plugins;
    }

    @Override
    void run() throws BitnetException, MojoExecutionException {
        Wiring wiring = new Wiring(this);
        BuildSteps steps = new BuildSteps(wiring, input());
        if (!steps.hasBackend()) {
            getLog().info("Nothing to compile: this variant has no backend.");
            return;
        }
        RuntimeArtifacts artifacts;
        if (steps.compilesOnHost()) {
            artifacts = steps.compileOnHost(Objects.requireNonNull(steps.plan()));
        } else {
            String skipped = wiring.skipProperties().reasonToSkip(project().getPackaging());
            if (skipped != null) {
                getLog().info("Skipped: " + skipped + ", and the backend is compiled in a container.");
                return;
            }
            steps.check();
            artifacts = new BackendStage(wiring, steps, Objects.requireNonNull(steps.plan()))
                    .compile(wiring.imageBuilder(plugins), ProjectLabels.of(project()));
        }
        Stream.concat(artifacts.executables().stream(), artifacts.libraries().stream())
                .forEach(file -> getLog().info(ByteSize.print(file.bytes()) + "  " + file.path()));
        getLog().info("Backend: " + ByteSize.print(artifacts.bytes()) + " in " + artifacts.directory());
    }
}
