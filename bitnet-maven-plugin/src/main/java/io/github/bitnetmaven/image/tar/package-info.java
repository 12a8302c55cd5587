/** Walks over tar streams: ustar, GNU and PAX, as fast as the headers can be read. */
@NullMarked
package io.github.bitnetmaven.image.tar;

import org.jspecify.annotations.NullMarked;
