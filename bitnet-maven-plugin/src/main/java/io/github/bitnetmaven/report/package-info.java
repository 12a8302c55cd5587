/** Shows an audit: audit.json, the inventory, the console. */
@NullMarked
package io.github.bitnetmaven.report;

import org.jspecify.annotations.NullMarked;
