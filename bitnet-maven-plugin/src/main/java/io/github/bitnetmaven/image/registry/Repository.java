package io.github.bitnetmaven.image.registry;

import io.github.bitnetmaven.configuration.ImageReference;
import java.util.List;
import java.util.Locale;

/**
 * A repository of a registry. A name without a registry is Docker Hub's, and one without a user is in its
 * {@code library}, as everywhere.
 *
 * @param registry host and port, as users write it, such as {@code localhost:5000}
 * @param path such as {@code acme/bitnet}
 */
public record Repository(String registry, String path) {
    private static final String HUB = "docker.io";
    private static final String HUB_ENDPOINT = "registry-1.docker.io";

    /** The names that Docker Hub's login is kept under; the first one is what {@code docker login} writes. */
    private static final List<String> HUB_NAMES =
            List.of("index.docker.io", HUB, HUB_ENDPOINT, "registry.hub.docker.com");

    public static Repository of(ImageReference reference) {
        String host = reference.registry() == null ? HUB : reference.registry().toLowerCase(Locale.ROOT);
        String registry = HUB_NAMES.contains(host) ? HUB : host;
        boolean official = registry.equals(HUB) && reference.repository().indexOf('/') < 0;
        return new Repository(registry, (official ? "library/" : "") + reference.repository());
    }

    /** Host and port that answers the registry's requests. */
    String endpoint() {
        return registry.equals(HUB) ? HUB_ENDPOINT : registry;
    }

    /** The names that a login for the registry may be kept under, the likeliest first. */
    public List<String> loginNames() {
        if (registry.equals(HUB)) {
            return HUB_NAMES;
        }
        String host = registry.replaceFirst(":\\d+$", "");
        return host.equals(registry) ? List.of(registry) : List.of(registry, host);
    }

    /** Whether the registry is this machine, which nobody can listen to. */
    boolean isLoopback() {
        return isLoopback(registry.replaceFirst(":\\d+$", ""));
    }

    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
                || host.equals("[::1]");
    }
}
