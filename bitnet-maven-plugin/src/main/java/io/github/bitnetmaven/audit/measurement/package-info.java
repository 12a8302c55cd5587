/** What is in an image: sizes, model, instructions, and the patterns that choose among it. */
@NullMarked
package io.github.bitnetmaven.audit.measurement;

import org.jspecify.annotations.NullMarked;
