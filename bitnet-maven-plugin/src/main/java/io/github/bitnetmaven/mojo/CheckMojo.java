package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.BudgetsParameters;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.configuration.ImageParameters;
import io.github.bitnetmaven.configuration.RegistryParameters;
import io.github.bitnetmaven.configuration.SubjectSettings;
import io.github.bitnetmaven.report.Reports;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Audits any image or archive against the budgets, and fails when one is exceeded. Works without a project: {@code mvn
 * io.github.bitnetmaven:bitnet-maven-plugin:check -Dbitnet.image=NAME -Dbitnet.budget.image=1.4GB}.
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class CheckMojo extends AbstractBitnetMojo {
    /**
     * The image: its {@code <name>} ({@code bitnet.image}; an id will do, too) and the {@code <baseImage>} ({@code
     * bitnet.baseImage}) that it was built on. A property beats its element.
     */
    @Parameter
    private @Nullable ImageParameters image;

    /** Docker archive, OCI archive or OCI layout directory to check instead. The property beats the element. */
    @Parameter(property = "bitnet.archive")
    private @Nullable String archive;

    /** Where an image's name is looked up: {@code engine} or {@code registry}. The property beats the element. */
    @Parameter(property = "bitnet.from", defaultValue = "engine")
    private @Nullable String from;

    /** {@code <insecure>} ({@code bitnet.registry.insecure}): plain HTTP is spoken to registries on other machines too. */
    @Parameter
    private @Nullable RegistryParameters registry;

    /** Which image of an index, such as {@code linux/arm64}; by default this machine's. The property beats it. */
    @Parameter(property = "bitnet.platform")
    private @Nullable String platform;

    /**
     * The budgets, such as {@code <image><maximum>1.4GB</maximum></image>}; at least one. A property such as {@code
     * bitnet.budget.image} beats its element.
     */
    @Parameter
    private @Nullable BudgetsParameters budgets;

    /** Which paths of the image are models; by default every {@code *.gguf}. */
    @Parameter
    private @Nullable List<String> modelPatterns;

    /**
     * Where the reports are written; by default {@code target/bitnet}, or {@code bitnet} without a project. The property
     * beats the element.
     */
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

    /** Whether an exceeded budget fails the build; else it is a warning. The property beats the element. */
    @Parameter(property = "bitnet.haltOnFailure", defaultValue = "true")
    private boolean haltOnFailure;

    /** Whether every digest of an archive on disk is checked, which reads all of it. The property beats the element. */
    @Parameter(property = "bitnet.verifyDigests", defaultValue = "false")
    private boolean verifyDigests;

    @Override
    void run() throws BitnetException, MojoExecutionException, MojoFailureException {
        Path directory = reportDirectory(reportDirectory);
        Reports.removeStale(directory);
        Configuration configuration = configuration();
        SubjectSettings subject =
                configuration.subject(image, archive, from, registry, hasProject() ? defaultImage() : null);
        configuration.throwIfAny();
        AuditInput input = AuditInput.of(
                configuration, properties(), budgets, modelPatterns, directory, reports, platform, haltOnFailure,
                verifyDigests, history);
        new ImageCheck(new Wiring(this), subject, input).run();
    }
}
