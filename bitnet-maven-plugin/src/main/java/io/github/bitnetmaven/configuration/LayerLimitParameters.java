package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/** {@code <budgets><layers><layer>}: a maximum for the layers that an instruction made. */
public class LayerLimitParameters extends LimitParameters {
    @Nullable String createdBy;

    /** The pattern over instructions; null when it is missing. */
    public @Nullable String createdBy() {
        return createdBy;
    }
}
