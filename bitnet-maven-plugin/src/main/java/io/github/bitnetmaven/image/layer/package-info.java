/** Turns tar streams into entry tables, and entry tables into what a container sees. */
@NullMarked
package io.github.bitnetmaven.image.layer;

import org.jspecify.annotations.NullMarked;
