/** The size as a badge. */
@NullMarked
package io.github.bitnetmaven.report.badge;

import org.jspecify.annotations.NullMarked;
