/** What a report is, what it is made of, and where it goes. */
@NullMarked
package io.github.bitnetmaven.report.format;

import org.jspecify.annotations.NullMarked;
