/** The places an image can be read from: the engine, registries, docker archives, OCI archives and layouts. */
@NullMarked
package io.github.bitnetmaven.image.source;

import org.jspecify.annotations.NullMarked;
