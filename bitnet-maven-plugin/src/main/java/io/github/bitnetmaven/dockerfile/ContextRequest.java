package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.RuntimeArtifacts;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ImageSettings;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a build context is made of.
 *
 * @param directory where it is written; it belongs to the plugin
 * @param backend what stage one uses of it is the builder image, also where no backend is compiled
 * @param plan of the backend; null for a variant without one
 * @param hostArtifacts what was compiled on the host; null when stage one compiles
 * @param startFrom what stage two starts from: the base image, or the image that holds the embedded model
 * @param modelFileName the model's name in {@code /app/models}, embedded or mounted; null for a variant without one
 * @param download what a container downloads when it starts; null when the model is embedded or mounted
 * @param caCertificates a PEM file that stage one trusts; null for none
 */
public record ContextRequest(
        Path directory,
        ImageSettings image,
        BackendSettings backend,
        @Nullable BackendPlan plan,
        @Nullable RuntimeArtifacts hostArtifacts,
        String startFrom,
        @Nullable String modelFileName,
        @Nullable ModelDownload download,
        @Nullable Path caCertificates,
        ImageLabels labels) {

    /** A request of an image whose containers download nothing. */
    public ContextRequest(
            Path directory,
            ImageSettings image,
            BackendSettings backend,
            @Nullable BackendPlan plan,
            @Nullable RuntimeArtifacts hostArtifacts,
            String startFrom,
            @Nullable String modelFileName,
            @Nullable Path caCertificates,
            ImageLabels labels) {
        this(directory, image, backend, plan, hostArtifacts, startFrom, modelFileName, null, caCertificates, labels);
    }

    /** The plan of a variant that has a backend. */
    BackendPlan requiredPlan() {
        return Objects.requireNonNull(plan, "A variant with a backend has a plan");
    }
}
