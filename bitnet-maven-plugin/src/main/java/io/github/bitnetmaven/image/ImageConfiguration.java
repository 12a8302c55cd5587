package io.github.bitnetmaven.image;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the audit needs of the image's configuration blob (OCI image specification, config.md).
 *
 * @param user as in {@code USER}; empty for root
 * @param healthCheck the test of the {@code HEALTHCHECK}; empty when there is none
 * @param historyAligned whether the non-empty history entries are as many as the layers
 */
public record ImageConfiguration(
        String os,
        String architecture,
        @Nullable String variant,
        String user,
        List<String> entrypoint,
        List<String> command,
        List<String> environment,
        List<String> healthCheck,
        Map<String, String> labels,
        boolean historyAligned) {

    /** As in {@code linux/amd64}. */
    public String platform() {
        return os + "/" + architecture + (variant == null || variant.isEmpty() ? "" : "/" + variant);
    }
}
