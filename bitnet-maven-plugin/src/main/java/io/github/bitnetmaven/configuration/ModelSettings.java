package io.github.bitnetmaven.configuration;

import java.net.URI;
import java.nio.file.Path;

/** Which model is served and where it lies; validated. */
public record ModelSettings(Origin origin, Placement placement) {

    /** Where the model comes from. */
    public sealed interface Origin {}

    /** An entry of the catalogue. */
    public record CatalogueOrigin(String name) implements Origin {}

    /** A GGUF file on this machine. */
    public record FileOrigin(Path file) implements Origin {}

    /**
     * A GGUF file to download.
     *
     * @param sha256 64 lower-case hexadecimal digits
     */
    public record UrlOrigin(URI url, String sha256) implements Origin {}

    public enum Placement {
        EMBEDDED,
        VOLUME,
        DOWNLOAD
    }
}
