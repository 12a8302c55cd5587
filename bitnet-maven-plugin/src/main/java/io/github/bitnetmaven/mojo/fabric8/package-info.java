/** Runs docker-maven-plugin (fabric8) with its traps closed. */
@NullMarked
package io.github.bitnetmaven.mojo.fabric8;

import org.jspecify.annotations.NullMarked;
