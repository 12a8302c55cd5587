package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.report.Reports;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the backend, writes the Dockerfile, builds the image through docker-maven-plugin (the project's version of it,
 * else 0.49.0), audits it, and fails when a budget is exceeded.
 */
@Mojo(name = "build", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class BuildMojo extends AbstractImageMojo {
    /**
     * The budgets, such as {@code <image><maximum>1.4GB</maximum></image>}. A property such as {@code
     * bitnet.budget.image} beats its element. Without any, {@code withoutModel} is 200 MB.
     */
    @Parameter
    private @Nullable BudgetsParameters budgets;

    /** Which paths of the image are models; by default {@code **}{@code /*.gguf}. */
    @Parameter
    private @Nullable List<String> modelPatterns;

    /** Where the reports are written; by default {@code target/bitnet}. The property beats the element. */
    @Parameter(property = "bitnet.reportDirectory")
    private @Nullable String reportDirectory;

    /**
     * Which reports are written beside {@code audit.json}: some of {@code console}, {@code html}, {@code markdown}, {@code
     * junit}, {@code sarif} and {@code badge}, or {@code none}; by default the first three, and {@code junit} where {@code
     * CI} is set. The property beats the element.
     */
    @Parameter(property = "bitnet.reports")
    private @Nullable List<String> reports;

    /** History file to which the audit is added, for the trend; the property beats it. By default none is kept. */
    @Parameter(property = "bitnet.history")
    private @Nullable String history;

    /**
     * Whether docker-maven-plugin is run even if nothing changed since the image was built. The property beats the
     * element.
     */
    @Parameter(property = "bitnet.build.force", defaultValue = "false")
    private boolean force;

    /** Whether an exceeded budget fails the build; else it is a warning. The property beats the element. */
    @Parameter(property = "bitnet.haltOnFailure", defaultValue = "true")
    private boolean haltOnFailure;

    private final BuildPluginManager plugins;

    @Inject
    public BuildMojo(BuildPluginManager plugins) {
        this.plugins = plugins;
    }

    @Override
    void run() throws BitnetException, MojoExecutionException, MojoFailureException {
        Reports.removeStale(reportDirectory(reportDirectory));
        BuildInput input = input();
        AuditInput audit = AuditInput.of(
                configuration(), properties(), budgets, modelPatterns, reportDirectory(reportDirectory), reports,
                null, haltOnFailure, false, history);
        boolean always = properties().flag("bitnet.build.force", force);
        new ImageBuild(new Wiring(this), input, audit, ProjectLabels.of(project()), always)
                .run(plugins, project().getPackaging());
    }
}
