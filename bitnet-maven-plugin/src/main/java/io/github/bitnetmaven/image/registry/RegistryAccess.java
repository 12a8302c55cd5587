package io.github.bitnetmaven.image.registry;

import java.net.ProxySelector;
import java.time.Duration;

/**
 * How registries are reached.
 *
 * @param insecure whether plain HTTP is spoken to registries on other machines too
 * @param idle after how long without a byte a connection is given up
 * @param pause before the second attempt; doubled before each further one
 */
public record RegistryAccess(
        CredentialSource credentials, ProxySelector proxies, boolean insecure, Duration idle, Duration pause) {

    /** With patience that suits a network. */
    public static RegistryAccess of(CredentialSource credentials, ProxySelector proxies, boolean insecure) {
        return new RegistryAccess(credentials, proxies, insecure, Duration.ofSeconds(60), Duration.ofSeconds(1));
    }
}
