package io.github.bitnetmaven.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * What the image says of itself, by the annotations of
 * https://github.com/opencontainers/image-spec/blob/main/annotations.md. No times: same input, same image.
 *
 * @param title of the software, such as the project's name
 * @param version of the software
 * @param revision of its source; null when not known
 * @param source URL of its source; null when not known
 * @param licenses SPDX expression; null when not known
 */
public record ImageLabels(
        @Nullable String title,
        @Nullable String version,
        @Nullable String revision,
        @Nullable String source,
        @Nullable String licenses) {}
