/** What is in an image that need not be, one class a rule. */
@NullMarked
package io.github.bitnetmaven.audit.finding;

import org.jspecify.annotations.NullMarked;
