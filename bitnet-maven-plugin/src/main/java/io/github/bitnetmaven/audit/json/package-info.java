/** What the JSON files of this plugin have in common. */
@NullMarked
package io.github.bitnetmaven.audit.json;

import org.jspecify.annotations.NullMarked;
