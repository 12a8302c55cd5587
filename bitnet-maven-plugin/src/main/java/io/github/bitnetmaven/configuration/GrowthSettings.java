package io.github.bitnetmaven.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an image is measured against, and what is recorded of it; validated.
 *
 * @param baseline null when growth is not asked for
 * @param required whether a missing baseline is an error: one that was named, without a budget that says what then
 * @param update whether the baseline is lowered when the image has shrunk
 * @param history null when none is kept
 * @param append whether audits are added to the history, or it is only looked at
 * @param revision null for git's
 * @param time of the revision, ISO 8601; null for git's
 */
public record GrowthSettings(
        @Nullable ReferenceLocation baseline,
        boolean required,
        boolean update,
        @Nullable Path history,
        boolean append,
        @Nullable String revision,
        @Nullable String time) {}
