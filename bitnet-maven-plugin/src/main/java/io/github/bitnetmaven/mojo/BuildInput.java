package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.ModelSettings;
import io.github.bitnetmaven.deployment.Descriptors;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.PinnedImage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that a user can say about an image to be made; validated.
 *
 * @param caCertificates PEM file; null when there is none
 * @param deployments descriptions of how the image is run
 * @param pinDigests whether the images that it is built from are named by their digests
 */
record BuildInput(
        ImageSettings image,
        BackendSettings backend,
        ModelSettings model,
        @Nullable Path caCertificates,
        Descriptors deployments,
        boolean pinDigests) {
    private static final String BASE_IMAGE = "<image><baseImage> (-Dbitnet.baseImage)";
    private static final String BUILDER_IMAGE = "<backend><builderImage> (-Dbitnet.backend.builderImage)";

    /** The same with digests in the names of the images that it is built from. */
    BuildInput pinned(Engine engine) throws BitnetException {
        boolean empty = image.baseImage().equals("scratch");
        return new BuildInput(
                empty ? image : image.withBaseImage(PinnedImage.reference(engine, image.baseImage(), BASE_IMAGE)),
                backend.withBuilderImage(PinnedImage.reference(engine, backend.builderImage(), BUILDER_IMAGE)),
                model,
                caCertificates,
                deployments,
                true);
    }
}
