/** The core of the plugin; only {@code mojo} knows Maven. */
@NullMarked
package io.github.bitnetmaven;

import org.jspecify.annotations.NullMarked;
