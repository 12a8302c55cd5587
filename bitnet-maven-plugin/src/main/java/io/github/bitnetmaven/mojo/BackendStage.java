package io.github.bitnetmaven.mojo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.backend.ArtifactArchive;
import io.github.bitnetmaven.backend.BackendException;
import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.RuntimeArtifacts;
import io.github.bitnetmaven.dockerfile.Dockerfile;
import io.github.bitnetmaven.dockerfile.ImageLabels;
import io.github.bitnetmaven.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;

/** Stage one of the Dockerfile as an image of its own, and the runtime artifacts copied out of it. */
final class BackendStage {
    private static final String REPOSITORY = "bitnet-backend";
    private static final int TAG_DIGITS = 12;
    private static final String RUNTIME = "/runtime";

    private final Wiring wiring;
    private final BuildSteps steps;
    private final BackendPlan plan;

    BackendStage(Wiring wiring, BuildSteps steps, BackendPlan plan) {
        this.wiring = wiring;
        this.steps = steps;
        this.plan = plan;
    }

    /** Compiles unless that was done before; returns what is in {@code target/bitnet/backend} then. */
    RuntimeArtifacts compile(ImageBuilder builder, ImageLabels labels) throws BitnetException, MojoExecutionException {
        String name = REPOSITORY + ":" + plan.key().substring(0, TAG_DIGITS);
        if (isCompiled(name)) {
            wiring.log().info("Backend is up to date: " + name + ".");
        } else if (steps.image(builder, name, steps.context(plan, null, labels), Dockerfile.STAGE)
                .isEmpty()) {
            throw new MojoExecutionException("docker-maven-plugin reported success but built no stage " + name
                    + " on the engine at " + wiring.engine().address() + ". Its lines above tell what it did instead.");
        }
        Path directory = wiring.workDirectory().resolve("backend");
        return ArtifactArchive.isUnpacked(plan.key(), directory)
                ? ArtifactArchive.artifacts(directory)
                : copyOut(name, directory);
    }

    private boolean isCompiled(String name) throws BitnetException {
        return wiring.engine()
                .inspectImage(name)
                .map(image -> image.path("Config").path("Labels").path(Dockerfile.STAGE_LABEL).asText())
                .filter(plan.key()::equals)
                .isPresent();
    }

    private RuntimeArtifacts copyOut(String name, Path directory) throws BitnetException {
        Engine engine = wiring.engine();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        // It is never started.
        body.put("Image", name).putArray("Cmd").add("true");
        String container = engine.createContainer(null, body);
        try (InputStream archive = engine.copyFromContainer(container, RUNTIME)) {
            return ArtifactArchive.unpack(archive, directory, plan.key());
        } catch (IOException e) {
            throw new BackendException("The runtime artifacts cannot be copied from " + name + ": " + e.getMessage(), e);
        } finally {
            engine.removeContainer(container, 0);
        }
    }
}
