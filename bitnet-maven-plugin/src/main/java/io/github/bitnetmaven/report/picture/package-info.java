/** Small pictures of an audit, as SVG that goes with light and dark pages alike. */
@NullMarked
package io.github.bitnetmaven.report.picture;

import org.jspecify.annotations.NullMarked;
