/** The sizes of an image over time, as earlier audits left them. */
@NullMarked
package io.github.bitnetmaven.audit.history;

import org.jspecify.annotations.NullMarked;
