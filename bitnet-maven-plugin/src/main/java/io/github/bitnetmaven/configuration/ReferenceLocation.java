package io.github.bitnetmaven.configuration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something to compare with. {@code image:NAME} is an image of the engine, {@code registry:NAME} one of a registry; all
 * else is a path: of a baseline file, an {@code audit.json}, a report directory, an archive or an OCI layout. So a name
 * is never taken for a path, nor a path for a name.
 *
 * @param text as written
 * @param path absolute; null for an image
 * @param image null for a path
 */
public record ReferenceLocation(String text, Kind kind, @Nullable Path path, @Nullable ImageReference image) {
    /** Where it is looked for. */
    public enum Kind {
        PATH,
        ENGINE,
        REGISTRY
    }

    /**
     * Parses what a person wrote.
     *
     * @param where XML path and property of the text, for the message
     */
    static ReferenceLocation parse(String text, Path baseDirectory, String where) throws ConfigurationException {
        String stripped = text.strip();
        for (Kind kind : new Kind[] {Kind.ENGINE, Kind.REGISTRY}) {
            String prefix = kind == Kind.ENGINE ? "image:" : "registry:";
            if (stripped.startsWith(prefix)) {
                try {
                    return new ReferenceLocation(
                            stripped, kind, null, ImageReference.parse(stripped.substring(prefix.length())));
                } catch (ConfigurationException e) {
                    throw new ConfigurationException(where + ": " + e.getMessage());
                }
            }
        }
        try {
            return new ReferenceLocation(
                    stripped, Kind.PATH, baseDirectory.resolve(stripped).toAbsolutePath().normalize(), null);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(where + " is '" + Problems.printable(stripped)
                    + "', but that is not a path on this machine.");
        }
    }
}
