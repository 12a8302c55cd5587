/** Descriptions of how the image is to be run: a compose file, a Kubernetes manifest. */
@NullMarked
package io.github.bitnetmaven.deployment;

import org.jspecify.annotations.NullMarked;
