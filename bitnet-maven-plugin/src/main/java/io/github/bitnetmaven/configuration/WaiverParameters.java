package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/** {@code <waiver>} of a budget. Maven fills the fields. */
public final class WaiverParameters {
    @Nullable String until;

    @Nullable String reason;
}
