/** Writes the build context: Dockerfile, ignore files, and what is copied. */
@NullMarked
package io.github.bitnetmaven.dockerfile;

import org.jspecify.annotations.NullMarked;
