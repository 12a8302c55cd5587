/** What the contents of an image's files tell: programs, packages, copies. */
@NullMarked
package io.github.bitnetmaven.audit.content;

import org.jspecify.annotations.NullMarked;
