/** Shows that long work goes on. */
@NullMarked
package io.github.bitnetmaven.progress;

import org.jspecify.annotations.NullMarked;
