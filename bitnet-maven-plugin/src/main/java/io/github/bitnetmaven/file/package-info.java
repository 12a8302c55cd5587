/** Files that are there whole or not at all, those that are kept for a while, and digests. */
@NullMarked
package io.github.bitnetmaven.file;

import org.jspecify.annotations.NullMarked;
