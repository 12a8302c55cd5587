package io.github.bitnetmaven.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be checked; validated.
 *
 * @param name of the image, tag included, or its id; of an archive, its path as the user wrote it
 * @param archive docker archive, OCI archive or OCI layout directory; null for an image of the engine
 * @param baseImage what the image was built on; {@code scratch} when that is not said
 */
public record SubjectSettings(String name, @Nullable Path archive, String baseImage) {}
