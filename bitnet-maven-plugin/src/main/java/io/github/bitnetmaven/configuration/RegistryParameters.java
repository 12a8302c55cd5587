package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/** {@code <registry>}, as Maven fills it. */
public final class RegistryParameters {
    @Nullable String insecure;
}
