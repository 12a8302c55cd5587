package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.configuration.ImageParameters;
import io.github.bitnetmaven.report.Reports;
import javax.inject.Inject;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Pushes the image through docker-maven-plugin, with its registry and its credentials, but only when the gate passed for
 * that very image: the last audit in the report directory must be of the image that has the name now, and no budget may
 * be exceeded in it.
 */
@Mojo(name = "push", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public final class PushMojo extends AbstractBitnetMojo {
    /** The image: its {@code <name>} ({@code bitnet.image}, default {@code artifactId:version}). */
    @Parameter
    private @Nullable ImageParameters image;

    /** Where the audit is; by default {@code target/bitnet}. The property beats the element. */
    @Parameter(property = "bitnet.reportDirectory")
    private @Nullable String reportDirectory;

    private final BuildPluginManager plugins;

    @Inject
    public PushMojo(BuildPluginManager plugins) {
        this.plugins = plugins;
    }

    @Override
    void run() throws BitnetException, MojoExecutionException, MojoFailureException {
        Configuration configuration = configuration();
        String name = configuration.image(image, defaultImage()).name();
        configuration.throwIfAny();
        Wiring wiring = new Wiring(this);
        String skipped = wiring.skipProperties().reasonNotToPush(project().getPackaging());
        if (skipped != null) {
            getLog().info("Skipped: " + skipped + ". " + name + " was not pushed.");
            return;
        }
        new ImagePush(wiring, name).run(plugins, reportDirectory(reportDirectory).resolve(Reports.AUDIT));
    }
}
