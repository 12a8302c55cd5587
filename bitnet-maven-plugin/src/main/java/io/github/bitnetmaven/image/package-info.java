/** Reads an image from wherever it is into one model: layers, entries, whiteouts, configuration. */
@NullMarked
package io.github.bitnetmaven.image;

import org.jspecify.annotations.NullMarked;
