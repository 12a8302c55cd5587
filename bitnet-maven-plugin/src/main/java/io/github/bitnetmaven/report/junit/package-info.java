/** The budgets as test cases. */
@NullMarked
package io.github.bitnetmaven.report.junit;

import org.jspecify.annotations.NullMarked;
