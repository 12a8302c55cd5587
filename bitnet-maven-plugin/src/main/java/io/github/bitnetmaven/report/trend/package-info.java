/** Sizes over the revisions of a history, for the reports that show them. */
@NullMarked
package io.github.bitnetmaven.report.trend;

import org.jspecify.annotations.NullMarked;
