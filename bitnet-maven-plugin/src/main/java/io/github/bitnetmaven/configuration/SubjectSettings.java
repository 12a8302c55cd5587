package io.github.bitnetmaven.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be checked; validated.
 *
 * @param name of the image, its id, or the path of an archive, as the user wrote it
 * @param archive docker archive, OCI archive or OCI layout directory, perhaps missing; null for an image
 * @param registry the image in its registry; null when it is looked up on the engine or in an archive
 * @param baseImage what the image was built on; {@code scratch} when that is not said
 */
public record SubjectSettings(
        String name, @Nullable Path archive, @Nullable InRegistry registry, String baseImage) {

    /**
     * An image that is looked up in its registry.
     *
     * @param insecure whether plain HTTP is spoken to registries on other machines too
     */
    public record InRegistry(ImageReference reference, boolean insecure) {}
}
