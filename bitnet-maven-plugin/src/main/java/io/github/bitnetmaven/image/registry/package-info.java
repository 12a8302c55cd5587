/**
 * A client that reads from registries: manifests, configurations and layers, with the logins of the Docker configuration.
 * It speaks the OCI distribution specification.
 */
@NullMarked
package io.github.bitnetmaven.image.registry;

import org.jspecify.annotations.NullMarked;
