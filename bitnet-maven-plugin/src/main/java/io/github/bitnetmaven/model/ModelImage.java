package io.github.bitnetmaven.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Images that hold a base and a model, nothing else, named by their content: made once, then reused by every build, so
 * that a model never travels in a build context again.
 */
public final class ModelImage {
    /** The directory of models in an image. */
    public static final String MODEL_DIRECTORY = "/app/models";

    private static final String REPOSITORY = "bitnet-model";
    private static final String KEY_LABEL = "io.github.bitnetmaven.model.key";
    private static final String MODEL_LABEL = "io.github.bitnetmaven.model";
    private static final int TAG_DIGITS = 32;

    private ModelImage() {}

    /**
     * Returns the reference of an image made of the base and one layer with the model; makes it when it is not there.
     *
     * @param baseImage {@code scratch} or an image that the engine has
     * @throws BitnetException when the base is not on the engine, or the build fails
     */
    public static String ensure(Engine engine, ModelFile model, String baseImage, Progress progress)
            throws BitnetException {
        String path = MODEL_DIRECTORY + "/" + model.fileName();
        String key = key(baseId(engine, baseImage), model.sha256(), path);
        String reference = REPOSITORY + ":" + key.substring(0, TAG_DIGITS);
        if (hasKey(engine, reference, key)) {
            return reference;
        }
        String dockerfile = "FROM " + baseImage + "\n"
                + "LABEL " + MODEL_LABEL + "=\"" + model.sha256() + "\" " + KEY_LABEL + "=\"" + key + "\"\n"
                // The destination is the root: directories that the classic builder itself makes on the way to a
                // deeper one get the time of the build, and the layer would differ each time. It is written so that
                // it says where the model goes, because budgets choose this layer by its instruction.
                + "COPY rootfs/ " + MODEL_DIRECTORY + "/../../\n";
        try (Progress.Task task = progress.start(
                "Sending the model " + model.fileName() + " to the engine", model.bytes(), Progress.Unit.BYTES)) {
            engine.build(reference, "Dockerfile", new ModelContext(dockerfile, model, path, task), line -> {});
        }
        if (!hasKey(engine, reference, key)) {
            throw new ModelException("The engine at " + engine.address() + " built the model image " + reference
                    + ", but does not show it. Another build may have removed it; build again.");
        }
        return reference;
    }

    private static String key(String baseId, String sha256, String path) {
        // The number changes when what the image is made of does.
        String content = "model-image/3\n" + baseId + "\n" + sha256 + "\n" + path + "\n";
        return FileDigests.hex(Sha256.create().digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String baseId(Engine engine, String baseImage) throws BitnetException {
        if ("scratch".equals(baseImage)) {
            return baseImage;
        }
        return engine.inspectImage(baseImage)
                .map(image -> image.path("Id").asText())
                .orElseThrow(() -> new ModelException("The base image " + baseImage + " is not on the engine at "
                        + engine.address() + ". Pull it first: docker pull " + baseImage));
    }

    private static boolean hasKey(Engine engine, String reference, String key) throws BitnetException {
        Optional<JsonNode> image = engine.inspectImage(reference);
        return image.isPresent()
                && image.get().path("Config").path("Labels").path(KEY_LABEL).asText().equals(key);
    }
}
