package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/** {@code <model>}, as Maven fills it. {@link Configuration#model} makes {@link ModelSettings} of it. */
public final class ModelParameters {
    @Nullable String name;
    @Nullable String file;
    @Nullable String url;
    @Nullable String sha256;
    @Nullable String placement;
}
