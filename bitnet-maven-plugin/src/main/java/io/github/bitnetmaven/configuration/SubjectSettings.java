package io.github.bitnetmaven.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be checked; validated.
 *
 * @param name of the image, its id, or the path of an archive, as the user wrote it
 * @param archive docker archive, OCI archive or OCI layout directory, perhaps missing; null for an image of the engine
 * @param baseImage what the image was built on; {@code scratch} when that is not said
 */
public record SubjectSettings(String name, @Nullable Path archive, String baseImage) {}
