/** Starts an image and asks it for a completion. */
@NullMarked
package io.github.bitnetmaven.smoke;

import org.jspecify.annotations.NullMarked;
