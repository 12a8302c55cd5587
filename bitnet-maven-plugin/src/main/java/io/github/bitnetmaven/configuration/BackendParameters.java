package io.github.bitnetmaven.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code <backend>}, as Maven fills it. {@link Configuration#backend} makes {@link BackendSettings} of it. */
public final class BackendParameters {
    @Nullable String git;
    @Nullable String revision;
    @Nullable String directory;
    @Nullable String compileIn;
    @Nullable String builderImage;
    @Nullable String kernels;
    @Nullable String linkage;
    @Nullable List<String> executables;
    @Nullable ArgumentList cmakeArguments;
}
