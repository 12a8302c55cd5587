/** What became of the budgets, and of the audit as a whole. */
@NullMarked
package io.github.bitnetmaven.audit.verdict;

import org.jspecify.annotations.NullMarked;
