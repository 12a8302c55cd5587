package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.ModelSettings;
import io.github.bitnetmaven.deployment.Descriptors;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that a user can say about an image to be made; validated.
 *
 * @param caCertificates PEM file; null when there is none
 * @param deployments descriptions of how the image is run
 */
record BuildInput(
        ImageSettings image,
        BackendSettings backend,
        ModelSettings model,
        @Nullable Path caCertificates,
        Descriptors deployments) {}
