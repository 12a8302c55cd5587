/** What is kept of an image to measure growth against: the baseline file, and recorded audits. */
@NullMarked
package io.github.bitnetmaven.audit.baseline;

import org.jspecify.annotations.NullMarked;
