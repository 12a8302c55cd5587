/** Bytes by what they are. */
@NullMarked
package io.github.bitnetmaven.audit.component;

import org.jspecify.annotations.NullMarked;
