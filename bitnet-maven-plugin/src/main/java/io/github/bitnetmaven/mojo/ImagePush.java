package io.github.bitnetmaven.mojo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.file.AuditJsonReader;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.ImageReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** Pushes an image that the gate has let through, and no other. */
final class ImagePush {
    private final Wiring wiring;
    private final String name;

    ImagePush(Wiring wiring, String name) {
        this.wiring = wiring;
        this.name = name;
    }

    /**
     * @param audit {@code audit.json} of the image
     * @throws MojoFailureException when a budget is exceeded in it
     */
    void run(BuildPluginManager plugins, Path audit)
            throws BitnetException, MojoExecutionException, MojoFailureException {
        if (!Files.isRegularFile(audit)) {
            throw refused("there is no audit of it: " + audit + " is missing. Run bitnet:build or bitnet:check first");
        }
        RecordedAudit recorded = AuditJsonReader.read(audit);
        requirePassed(recorded);
        Optional<JsonNode> image = wiring.engine().inspectImage(name);
        String id = image.map(node -> node.path("Id").asText()).orElse("");
        if (!id.equals(recorded.image().id())) {
            String there = id.isEmpty() ? "the engine has no such image" : "the engine's image of that name is " + id;
            throw refused(there + ", but the gate passed for " + recorded.image().name() + ", " + recorded.image().id()
                    + ". Audit the image that is to be pushed with bitnet:build or bitnet:check");
        }
        wiring.log().info("Pushing " + name + ", which keeps its " + recorded.verdicts().size() + " budgets.");
        wiring.fabric8(plugins).push(name, wiring.address(), wiring.properties());
        String digest = pushedDigest();
        if (digest == null) {
            throw new MojoExecutionException("docker-maven-plugin reported success but did not push " + name
                    + ". Its lines above tell what it did instead; a docker.* property may have told it to.");
        }
        wiring.log().info("Pushed " + digest);
    }

    private void requirePassed(RecordedAudit audit) throws MojoExecutionException, MojoFailureException {
        if (audit.outcome() == Outcome.ERROR) {
            throw refused("its last audit could not be done: " + audit.error());
        }
        long failed = audit.verdicts().stream().filter(Verdict::fails).count();
        if (audit.outcome() == Outcome.FAIL || failed > 0) {
            throw new MojoFailureException(name + " is not pushed: " + failed + " of " + audit.verdicts().size()
                    + " budgets exceeded for " + audit.image().name() + ". Make the image smaller, or raise the budget"
                    + " and audit it again.");
        }
        if (audit.verdicts().isEmpty()) {
            throw refused("its last audit had no budgets, so it passed no gate");
        }
    }

    private MojoExecutionException refused(String why) {
        return new MojoExecutionException(name + " is not pushed: " + why + ".");
    }

    /** Name and digest by which a registry has the image; null when none has it. */
    private @Nullable String pushedDigest() throws BitnetException {
        String repository = ImageReference.parse(name).repository();
        Optional<JsonNode> image = wiring.engine().inspectImage(name);
        if (image.isPresent()) {
            for (JsonNode digest : image.get().path("RepoDigests")) {
                String at = digest.asText();
                if (at.contains(repository + "@")) {
                    return at;
                }
            }
        }
        return null;
    }
}
