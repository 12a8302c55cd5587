package io.github.bitnetmaven.mojo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.dockerfile.BuildContext;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.engine.EngineException;
import io.github.bitnetmaven.mojo.fabric8.Fabric8;
import io.github.bitnetmaven.mojo.fabric8.FabricBuild;
import io.github.bitnetmaven.mojo.fabric8.FabricInputs;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Builds an image through docker-maven-plugin and knows for certain which one it is: it is built under a name that
 * nothing else has, and gets the user's name by its id. An image that was built of the very same is not built again.
 */
final class ImageBuilder {
    private static final int LONGEST_TAG = 128;
    /** Images that carry this label are ours to remove when nothing refers to them any more. */
    private static final String LABEL = "io.github.bitnetmaven";

    private final Engine engine;
    private final EngineAddress address;
    private final Fabric8 fabric8;
    private final UserProperties properties;
    private final BuiltImages builtImages;

    ImageBuilder(
            Engine engine,
            EngineAddress address,
            Fabric8 fabric8,
            UserProperties properties,
            BuiltImages builtImages) {
        this.engine = engine;
        this.address = address;
        this.fabric8 = fabric8;
        this.properties = properties;
        this.builtImages = builtImages;
    }

    /**
     * What is built.
     *
     * @param name tag included
     * @param target the stage to stop at; null for the last one
     * @param localImages whether the Dockerfile starts from images that no registry has
     * @param workDirectory for what docker-maven-plugin leaves behind; below it, a directory of this build is used
     */
    record Request(
            String name, BuildContext context, @Nullable String target, boolean localImages, Path workDirectory) {}

    /**
     * Gives the name to the image that was built of the very same before and returns its id; empty when there is none on
     * the engine, or new or newer images are asked for. That the audit then sees no stale image is what {@link BuildKey}
     * is for.
     */
    Optional<String> unchanged(Request request) throws BitnetException {
        FabricInputs inputs = inputs(request);
        if (!inputs.allowReuse()) {
            return Optional.empty();
        }
        Optional<String> id = key(request, inputs).flatMap(builtImages::find);
        if (id.isEmpty() || engine.inspectImage(id.get()).isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonNode> before = engine.inspectImage(request.name());
        if (!before.map(ImageBuilder::id).equals(id)) {
            name(id.get(), request.name(), before);
        }
        return id;
    }

    /** Builds the image and returns its id; empty when docker-maven-plugin reported success and built none. */
    Optional<String> build(Request request) throws BitnetException, MojoExecutionException {
        String name = request.name();
        String mark = "building-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        String temporary = temporaryName(ImageReference.parse(name), mark);
        Optional<JsonNode> before = engine.inspectImage(name);
        FabricInputs inputs = inputs(request);
        Optional<String> key = key(request, inputs);
        try {
            fabric8.build(fabricBuild(request, temporary, mark), address, properties);
        } catch (MojoExecutionException e) {
            // Suppressed, not the cause: Maven would print the message of a cause once more, with the temporary name.
            MojoExecutionException failure = new MojoExecutionException(e.getMessage().replace(temporary, name));
            failure.addSuppressed(e);
            throw failure;
        }
        Optional<String> id = engine.inspectImage(temporary).map(ImageBuilder::id);
        if (id.isPresent()) {
            name(id.get(), name, before);
            engine.untag(temporary);
            // A name that it starts from may have moved to another image meanwhile: nobody knows which of them is in it.
            if (key.isPresent() && key.equals(key(request, inputs))) {
                builtImages.keep(key.get(), id.get());
            }
        }
        return id;
    }

    /** Empty when there is none, or the engine does not tell: the build will say why. */
    private Optional<String> key(Request request, FabricInputs inputs) {
        try {
            return BuildKey.of(request.context(), inputs, engine);
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    private FabricInputs inputs(Request request) {
        return fabric8.inputs(
                fabricBuild(request, request.name(), ""), address, properties, properties.startingWith("docker."));
    }

    private static FabricBuild fabricBuild(Request request, String name, String mark) {
        return new FabricBuild(
                name,
                request.context().directory(),
                request.context().dockerfile(),
                request.target(),
                Map.of(),
                request.workDirectory().resolve(mark),
                request.localImages());
    }

    /** Gives the name to the image; what had it before is removed if it is ours and has no other name. */
    private void name(String id, String name, Optional<JsonNode> before) throws BitnetException {
        engine.tag(id, name);
        if (before.isPresent() && isOurs(before.get()) && !id(before.get()).equals(id)) {
            engine.removeDangling(id(before.get()));
        }
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
