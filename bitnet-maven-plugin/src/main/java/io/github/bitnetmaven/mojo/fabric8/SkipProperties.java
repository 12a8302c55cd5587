package io.github.bitnetmaven.mojo.fabric8;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The user's own switches of docker-maven-plugin that keep it from building an image. */
public final class SkipProperties {
    private final DockerMavenPlugin plugin;
    private final Function<String, @Nullable String> properties;

    public SkipProperties(DockerMavenPlugin plugin, Function<String, @Nullable String> properties) {
        this.plugin = plugin;
        this.properties = properties;
    }

    /**
     * Why nothing is built, such as {@code docker.skip.build is true}; null when nothing says so.
     *
     * @param packaging of the project
     */
    public @Nullable String reasonToSkip(String packaging) {
        if (isTrue("docker.skip", "skip")) {
            return "docker.skip is true";
        }
        if (isTrue("docker.skip.build", "skipBuild")) {
            return "docker.skip.build is true";
        }
        return packaging.equals("pom") && isTrue("docker.skip.pom", "skipPom")
                ? "docker.skip.pom is true and the project's packaging is pom"
                : null;
    }

    /**
     * Why nothing is pushed, such as {@code docker.skip.push is true}; null when nothing says so.
     *
     * @param packaging of the project
     */
    public @Nullable String reasonNotToPush(String packaging) {
        String reason = isTrue("docker.skip.push", "skipPush") ? "docker.skip.push is true" : reasonToSkip(packaging);
        return reason != null && reason.startsWith("docker.skip.build") ? null : reason;
    }

    /** The user's filter when it leaves the image out; null when the image is to be built. */
    public @Nullable String filterWithout(String image) {
        String filter = value("docker.filter", "filter");
        return filter == null || Arrays.asList(filter.split("\\s*,\\s*")).contains(image) ? null : filter;
    }

    /** An explicit element beats the property, as everywhere in Maven. */
    private @Nullable String value(String property, String element) {
        String configured = plugin.configured(element);
        return configured != null ? configured : properties.apply(property);
    }

    private boolean isTrue(String property, String element) {
        return Boolean.parseBoolean(value(property, element));
    }
}
