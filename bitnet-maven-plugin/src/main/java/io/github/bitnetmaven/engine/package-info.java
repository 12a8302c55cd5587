/** Talks to the Docker engine beside docker-maven-plugin. */
@NullMarked
package io.github.bitnetmaven.engine;

import org.jspecify.annotations.NullMarked;
