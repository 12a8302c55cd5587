/** Where the budgets and the instructions are written: what a reader of a report should open. */
@NullMarked
package io.github.bitnetmaven.report.source;

import org.jspecify.annotations.NullMarked;
