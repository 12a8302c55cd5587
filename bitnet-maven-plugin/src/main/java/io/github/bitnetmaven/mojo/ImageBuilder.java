package io.github.bitnetmaven.mojo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.mojo.fabric8.Fabric8;
import io.github.bitnetmaven.mojo.fabric8.FabricBuild;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Builds an image through docker-maven-plugin and knows for certain which one it is: it is built under a name that
 * nothing else has, and gets the user's name by its id.
 */
final class ImageBuilder {
    private static final int LONGEST_TAG = 128;
    /** Images that carry this label are ours to remove when nothing refers to them any more. */
    private static final String LABEL = "io.github.bitnetmaven";

    private final Engine engine;
    private final EngineAddress address;
    private final Fabric8 fabric8;
    private final Function<String, @Nullable String> properties;

    ImageBuilder(
            Engine engine, EngineAddress address, Fabric8 fabric8, Function<String, @Nullable String> properties) {
        this.engine = engine;
        this.address = address;
        this.fabric8 = fabric8;
        this.properties = properties;
    }

    /**
     * Builds the image and returns its id; empty when docker-maven-plugin reported success and built none.
     *
     * @param name tag included
     * @param target the stage to stop at; null for the last one
     * @param localImages whether the Dockerfile starts from images that no registry has
     * @param workDirectory for what docker-maven-plugin leaves behind; below it, a directory of this build is used
     */
    Optional<String> build(
            String name, Path context, @Nullable String target, boolean localImages, Path workDirectory)
            throws BitnetException, MojoExecutionException {
        String mark = "building-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        String temporary = temporaryName(ImageReference.parse(name), mark);
        Optional<JsonNode> before = engine.inspectImage(name);
        FabricBuild build = new FabricBuild(
                temporary,
                context,
                context.resolve("Dockerfile"),
                target,
                Map.of(),
                workDirectory.resolve(mark),
                localImages);
        try {
            fabric8.build(build, address, properties);
        } catch (MojoExecutionException e) {
            // Suppressed, not the cause: Maven would print the message of a cause once more, with the temporary name.
            MojoExecutionException failure = new MojoExecutionException(e.getMessage().replace(temporary, name));
            failure.addSuppressed(e);
            throw failure;
        }
        Optional<String> id = engine.inspectImage(temporary).map(ImageBuilder::id);
        if (id.isPresent()) {
            engine.tag(id.get(), name);
            engine.untag(temporary);
            if (before.isPresent() && isOurs(before.get()) && !id(before.get()).equals(id.get())) {
                engine.removeDangling(id(before.get()));
            }
        }
        return id;
    }

    private static String id(JsonNode image) {
        return image.path("Id").asText();
    }

    static String temporaryName(ImageReference reference, String mark) {
        String tag = reference.tag() == null ? "latest" : reference.tag();
        int room = LONGEST_TAG - mark.length() - 1;
        return reference
                .withTag((tag.length() > room ? tag.substring(0, room) : tag) + "-" + mark)
                .toString();
    }

    private static boolean isOurs(JsonNode image) {
        for (Map.Entry<String, JsonNode> label :
                image.path("Config").path("Labels").properties()) {
            if (label.getKey().startsWith(LABEL + ".")) {
                return true;
            }
        }
        return false;
    }
}
