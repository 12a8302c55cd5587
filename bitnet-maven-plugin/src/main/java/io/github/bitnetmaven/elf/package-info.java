/** Reads executables and libraries. */
@NullMarked
package io.github.bitnetmaven.elf;

import org.jspecify.annotations.NullMarked;
