/** Exceeded budgets and findings for tools that show problems beside the source. */
@NullMarked
package io.github.bitnetmaven.report.sarif;

import org.jspecify.annotations.NullMarked;
