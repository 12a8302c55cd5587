package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.model.ModelFile;
import io.github.bitnetmaven.model.ModelImage;
import io.github.bitnetmaven.smoke.Smoke;
import io.github.bitnetmaven.smoke.SmokeException;
import io.github.bitnetmaven.smoke.SmokeRequest;
import io.github.bitnetmaven.smoke.SmokeResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Starts a container of the image, waits for {@code /health}, asks for a completion, and removes the container. A model
 * that is not in the image is mounted into it.
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
        SmokeRequest request = new SmokeRequest(
                name, input.image().port(), mounts(wiring, input), Map.of(), Duration.ofSeconds(timeout), prompt, tokens,
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
        } catch (SmokeException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }

    private static List<SmokeRequest.Mount> mounts(Wiring wiring, BuildInput input) throws BitnetException {
        BuildSteps steps = new BuildSteps(wiring, input);
        if (steps.embedsModel() || !input.image().variant().hasModel()) {
            return List.of();
        }
        ModelFile model = wiring.modelResolver(input.caCertificates()).resolve(input.model().origin(), wiring.progress());
        String target = ModelImage.MODEL_DIRECTORY + "/" + wiring.modelResolver(input.caCertificates()).fileName(input.model().origin());
        return List.of(new SmokeRequest.Mount(model.file().toString(), target));
    }
}
