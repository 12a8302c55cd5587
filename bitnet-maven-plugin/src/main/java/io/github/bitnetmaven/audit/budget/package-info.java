/** The budgets, one class each, and their verdicts. */
@NullMarked
package io.github.bitnetmaven.audit.budget;

import org.jspecify.annotations.NullMarked;
