/** What the pom says: beans that Maven fills, and the validated, immutable settings made of them. */
@NullMarked
package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.NullMarked;
