/** An audit as one self-contained HTML file: no network, nothing to install. */
@NullMarked
package io.github.bitnetmaven.report.html;

import org.jspecify.annotations.NullMarked;
