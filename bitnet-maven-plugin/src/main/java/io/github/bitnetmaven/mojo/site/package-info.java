/** The audit as a page of the Maven site. */
@NullMarked
package io.github.bitnetmaven.mojo.site;

import org.jspecify.annotations.NullMarked;
