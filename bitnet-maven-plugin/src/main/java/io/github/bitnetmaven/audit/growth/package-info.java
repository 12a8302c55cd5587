/** Two images, or an image and what was recorded of an earlier one → what grew. */
@NullMarked
package io.github.bitnetmaven.audit.growth;

import org.jspecify.annotations.NullMarked;
