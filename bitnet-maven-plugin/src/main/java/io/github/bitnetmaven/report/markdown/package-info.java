/** The audit as Markdown, for a comment on a pull request. */
@NullMarked
package io.github.bitnetmaven.report.markdown;

import org.jspecify.annotations.NullMarked;
