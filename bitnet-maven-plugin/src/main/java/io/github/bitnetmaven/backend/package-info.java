/** Fetches and compiles the native backend and finds its runtime artifacts. */
@NullMarked
package io.github.bitnetmaven.backend;

import org.jspecify.annotations.NullMarked;
