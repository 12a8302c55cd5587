package io.github.bitnetmaven.configuration;

import java.util.List;

/**
 * What image is to be built; validated.
 *
 * @param name a reference that Docker accepts, tag included
 * @param baseImage {@code scratch} or an image reference
 * @param port TCP port, 1 to 65535
 * @param platforms empty for the engine's own
 */
public record ImageSettings(String name, Variant variant, String baseImage, int port, List<String> platforms) {
    public ImageSettings {
        platforms = List.copyOf(platforms);
    }
}
