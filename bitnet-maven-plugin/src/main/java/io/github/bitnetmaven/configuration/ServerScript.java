package io.github.bitnetmaven.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What takes the place of our Python server; validated.
 *
 * @param script {@code <image><server>}, a Python file; null for our own server
 * @param requirements {@code <image><serverRequirements>}, pip's file with a hash for each package; null for those of
 *     our own server
 */
public record ServerScript(@Nullable Path script, @Nullable Path requirements) {
    /** Our own server. */
    public static final ServerScript OURS = new ServerScript(null, null);
}
