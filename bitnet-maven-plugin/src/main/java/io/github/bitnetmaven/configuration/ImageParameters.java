package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/** {@code <image>}, as Maven fills it. {@link Configuration#image} makes {@link ImageSettings} of it. */
public final class ImageParameters {
    @Nullable String name;
    @Nullable String variant;
    @Nullable String baseImage;
    @Nullable String port;
    @Nullable String platforms;
    @Nullable String server;
    @Nullable String serverRequirements;
    @Nullable String pinDigests;
}
