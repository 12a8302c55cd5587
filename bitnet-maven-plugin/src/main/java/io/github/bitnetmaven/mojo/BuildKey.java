package io.github.bitnetmaven.mojo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.dockerfile.BuildContext;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineException;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.mojo.fabric8.FabricInputs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One key for all that decides about an image: what the engine is sent, what docker-maven-plugin adds, the engine's
 * platform and API, and the very images that the Dockerfile's names stand for on this engine. Two builds of the same key
 * run the same instructions on the same files, so that the image of the first is what the second would be. What the
 * instructions fetch from a network may have changed, but not for the engine, whose cache does not look there either.
 */
final class BuildKey {
    /** The number changes when the key is made of other things, or the context is packed in another way. */
    private static final String KIND = "build/1";

    private BuildKey() {}

    /** 64 hexadecimal digits; empty when the engine lacks an image that the Dockerfile starts from. */
    static Optional<String> of(BuildContext context, FabricInputs inputs, Engine engine) throws EngineException {
        JsonNode version = engine.version();
        MessageDigest digest = Sha256.create();
        for (String part : List.of(
                KIND,
                context.contextKey(),
                inputs.digest(),
                version.path("Os").asText(),
                version.path("Arch").asText(),
                version.path("ApiVersion").asText())) {
            add(digest, part);
        }
        for (String reference : context.startsFrom()) {
            Optional<JsonNode> image = engine.inspectImage(reference);
            if (image.isEmpty()) {
                return Optional.empty();
            }
            add(digest, reference);
            add(digest, image.get().path("Id").asText());
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, String part) {
        digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
