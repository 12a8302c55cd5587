/** The goals: thin, and the only place that knows Maven. */
@NullMarked
package io.github.bitnetmaven.mojo;

import org.jspecify.annotations.NullMarked;
