/** Finds, downloads, verifies and reads models, and makes content-addressed model images. */
@NullMarked
package io.github.bitnetmaven.model;

import org.jspecify.annotations.NullMarked;
