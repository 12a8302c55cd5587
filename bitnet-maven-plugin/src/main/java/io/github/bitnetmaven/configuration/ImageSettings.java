package io.github.bitnetmaven.configuration;

import java.util.List;

/**
 * What image is to be built; validated.
 *
 * @param name a reference that Docker accepts, tag included
 * @param baseImage {@code scratch} or an image reference
 * @param port TCP port, 1 to 65535
 * @param platforms empty for the engine's own
 * @param server of the variant python
 */
public record ImageSettings(
        String name, Variant variant, String baseImage, int port, List<String> platforms, ServerScript server) {
    public ImageSettings {
        platforms = List.copyOf(platforms);
    }

    /** The same on another base. */
    public ImageSettings withBaseImage(String other) {
        return new ImageSettings(name, variant, other, port, platforms, server);
    }

    /** An image whose server is our own. */
    public ImageSettings(String name, Variant variant, String baseImage, int port, List<String> platforms) {
        this(name, variant, baseImage, port, platforms, ServerScript.OURS);
    }
}
