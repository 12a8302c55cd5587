/** The audit on the console. */
@NullMarked
package io.github.bitnetmaven.report.console;

import org.jspecify.annotations.NullMarked;
