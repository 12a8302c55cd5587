/** The files that an audit leaves behind, audit.json and the inventory, written and read. */
@NullMarked
package io.github.bitnetmaven.audit.file;

import org.jspecify.annotations.NullMarked;
