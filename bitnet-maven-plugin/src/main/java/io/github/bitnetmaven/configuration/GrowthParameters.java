package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/** {@code <budgets><growth>}: how much an image may grow against a baseline. */
public class GrowthParameters extends LimitParameters {
    @Nullable String baseline;

    @Nullable String minimumBytes;

    @Nullable String ifMissing;
}
