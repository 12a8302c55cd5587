package io.github.bitnetmaven.audit;

import io.github.bitnetmaven.audit.growth.GrowthReference;
import io.github.bitnetmaven.audit.history.History;
import org.jspecify.annotations.Nullable;

/**
 * What an image is measured against.
 *
 * @param reference such as a baseline; null when there is none
 * @param history empty when none is kept
 */
public record Past(@Nullable GrowthReference reference, History history) {
    /** Nothing is known of it. */
    public static Past none() {
        return new Past(null, History.empty());
    }
}
