/** What build servers show by themselves: GitHub Actions and GitLab. */
@NullMarked
package io.github.bitnetmaven.report.server;

import org.jspecify.annotations.NullMarked;
