package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names an image by the digest that a registry has it by, so that no later build gets another one. */
public final class PinnedImage {
    private PinnedImage() {}

    /**
     * The reference with its digest, as in {@code python:3.11-slim@sha256:…}. The image of the engine is the one that is
     * meant; where it has none, it is pulled. A reference with a digest stays as it is.
     *
     * @param where XML path and property of the reference, for messages
     * @throws ConfigurationException when the image was never in a registry
     */
    public static String reference(Engine engine, String reference, String where)
            throws EngineException, ConfigurationException {
        ImageReference parsed = ImageReference.parse(reference).withDefaultTag();
        if (parsed.digest() != null) {
            return reference;
        }
        Optional<JsonNode> image = engine.inspectImage(parsed.toString());
        if (image.isEmpty()) {
            engine.pull(parsed.toString(), line -> {});
            image = engine.inspectImage(parsed.toString());
        }
        String digest = image.map(node -> digest(node.path("RepoDigests"), parsed)).orElse(null);
        if (digest == null) {
            throw new ConfigurationException(where + " is " + reference + ", which cannot be pinned by its digest"
                    + " (<image><pinDigests>): the image was built or imported on the engine at " + engine.address()
                    + " and has never been in a registry. Push it, or leave pinDigests out.");
        }
        return parsed + "@" + digest;
    }

    private static @Nullable String digest(JsonNode digests, ImageReference wanted) {
        for (JsonNode node : digests) {
            String text = node.asText();
            int at = text.indexOf('@');
            String name = wanted.registry() == null ? wanted.repository() : wanted.registry() + "/" + wanted.repository();
            if (at > 0 && familiar(text.substring(0, at)).equals(familiar(name))) {
                return text.substring(at + 1);
            }
        }
        return null;
    }

    /** As Docker shows names of its own registry. */
    private static String familiar(String name) {
        String own = name.startsWith("docker.io/") ? name.substring("docker.io/".length()) : name;
        return own.startsWith("library/") ? own.substring("library/".length()) : own;
    }
}
