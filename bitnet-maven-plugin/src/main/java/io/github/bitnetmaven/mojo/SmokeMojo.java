package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.smoke.Smoke;
import io.github.bitnetmaven.smoke.SmokeException;
import io.github.bitnetmaven.smoke.SmokeJson;
import io.github.bitnetmaven.smoke.SmokeRequest;
import io.github.bitnetmaven.smoke.SmokeResult;
import java.time.Duration;
import java.util.Locale;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Starts a container of the image with a read-only root file system and without any privilege, waits for {@code /health},
 * asks for a completion, and removes the container. A model that is to be mounted is; for one that the container
 * downloads there is a volume, which is removed with it. What was measured is written to {@code smoke.json}.
 */
@Mojo(name = "smoke", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true)
public final class SmokeMojo extends AbstractImageMojo {
    /** Seconds for the container to become healthy, and again for the completion. */
    @Parameter(property = "bitnet.smoke.timeout", defaultValue = "300")
    private int timeout;

    /** What to ask for a completion of. */
    @Parameter(property = "bitnet.smoke.prompt", defaultValue = "Once upon a time")
    private String prompt = "Once upon a time";

    /** How many tokens to ask for. */
    @Parameter(property = "bitnet.smoke.tokens", defaultValue = "16")
    private int tokens;

    /** Where {@code smoke.json} is written; by default {@code target/bitnet}. The property beats the element. */
    @Parameter(property = "bitnet.reportDirectory")
    private @Nullable String reportDirectory;

    @Override
    void run() throws BitnetException, MojoFailureException {
        BuildInput input = input();
        String name = input.image().name();
        Wiring wiring = new Wiring(this);
        String skipped = wiring.skippedBuilds().reason(name);
        if (skipped != null) {
            getLog().info("Skipped: " + skipped + ", so there is no new " + name + " to start.");
            return;
        }
        if (timeout < 1 || tokens < 1) {
            throw new ConfigurationException("bitnet.smoke.timeout and bitnet.smoke.tokens must be at least 1.");
        }
        ReportDirectory reports = new ReportDirectory(reportDirectory(reportDirectory));
        SmokeJson.remove(reports);
        ContainerSurroundings surroundings = ContainerSurroundings.of(input, wiring, System.getenv());
        SmokeRequest request = new SmokeRequest(
                name,
                input.image().port(),
                surroundings.mounts(),
                surroundings.environment(),
                Duration.ofSeconds(timeout),
                prompt,
                tokens,
                false);
        try {
            SmokeResult result = Smoke.run(request, wiring.engine(), wiring.progress());
            getLog().info(String.format(
                    Locale.ROOT,
                    "%s is healthy after %.1f s and completes at %.1f tokens/s with %s of memory.",
                    name,
                    result.startMillis() / 1000.0,
                    result.tokensPerSecond(),
                    ByteSize.print(result.memoryBytes())));
            SmokeJson.write(reports, name, result);
        } catch (SmokeException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }
}
