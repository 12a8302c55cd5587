package io.github.bitnetmaven.deployment;

import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.ModelSettings.Placement;
import io.github.bitnetmaven.configuration.Variant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run; the same for every descriptor.
 *
 * @param reference what {@code image} is, parsed
 * @param placement where the model lies; null when the variant has none
 * @param modelFileName the model's name in {@code /app/models}; null when the variant has none
 * @param modelBytes of the model's file; 0 when not known, or when there is none
 */
public record Deployment(
        ImageSettings image,
        ImageReference reference,
        @Nullable Placement placement,
        @Nullable String modelFileName,
        long modelBytes) {

    /** What every image of this plugin runs as. */
    static final int USER = 65_532;

    static final String MODELS = "/app/models";

    /** The environment that a download of the model at the start takes: proxies, and a token that no file shows. */
    static final List<String> DOWNLOAD_ENVIRONMENT = List.of("HF_TOKEN", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY");

    private static final long MEBIBYTE = 1L << 20;
    private static final long UNKNOWN_MODEL = 4L << 30;
    private static final int LONGEST_NAME = 50;

    /** A DNS label (RFC 1123) of the last part of the image's name, as in {@code bitnet} of {@code acme/bitnet:1.0}. */
    String name() {
        String repository = reference.repository();
        String last = repository.substring(repository.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String label = last.replaceAll("[^a-z0-9]+", "-");
        return label.length() > LONGEST_NAME ? label.substring(0, LONGEST_NAME).replaceAll("-$", "") : label;
    }

    boolean mountsModel() {
        return placement == Placement.VOLUME;
    }

    boolean downloadsModel() {
        return placement == Placement.DOWNLOAD;
    }

    /** Whether the process writes temporary files, for which a read-only root file system has no room. */
    boolean needsTemporaryFiles() {
        return image.variant() == Variant.PYTHON;
    }

    /**
     * MiB that the container may use: the model, which is mapped into memory, and for what is computed with it as much
     * again as a quarter of it, and 512 MiB; a model of unknown size is taken for 4 GiB.
     */
    long memoryMebibytes() {
        if (placement == null) {
            return 64;
        }
        long model = modelBytes > 0 ? modelBytes : UNKNOWN_MODEL;
        long bytes = model + model / 4 + 512 * MEBIBYTE;
        // Round numbers are easier to read and to change.
        return (bytes + 128 * MEBIBYTE - 1) / (128 * MEBIBYTE) * 128;
    }

    /** Seconds until it must be healthy: a model is loaded, or downloaded before that. */
    int startSeconds() {
        if (placement == null) {
            return 10;
        }
        return downloadsModel() ? 3600 : 300;
    }
}
