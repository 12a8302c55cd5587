package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageReference;
import org.apache.maven.execution.MavenSession;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, for one run of Maven and all its modules, which images were not built because the user skipped that: an
 * older image of the same name must not be audited in its place.
 */
final class SkippedBuilds {
    private static final String KEY = "io.github.bitnetmaven.skipped:";

    private final MavenSession session;

    SkippedBuilds(MavenSession session) {
        this.session = session;
    }

    void remember(String image, String reason) {
        session.getRepositorySession().getData().set(KEY + normal(image), reason);
    }

    /** Why this run did not build the image; null when it built it, or never meant to. */
    @Nullable String reason(String image) {
        return (String) session.getRepositorySession().getData().get(KEY + normal(image));
    }

    private static String normal(String image) {
        try {
            return ImageReference.parse(image).withDefaultTag().toString();
        } catch (ConfigurationException e) {
            return image;
        }
    }
}
