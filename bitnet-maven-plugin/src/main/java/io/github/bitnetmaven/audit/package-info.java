/** Sizes, components, findings and budgets of an image. */
@NullMarked
package io.github.bitnetmaven.audit;

import org.jspecify.annotations.NullMarked;
