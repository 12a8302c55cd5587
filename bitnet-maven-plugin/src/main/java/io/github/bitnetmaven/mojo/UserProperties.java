package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.configuration.ConfigurationException;
import java.util.Locale;
import java.util.function.Function;
import org.apache.maven.execution.MavenSession;
import org.jspecify.annotations.Nullable;

/** Looks properties up: those of the command line, then the project's, then the system's. */
final class UserProperties implements Function<String, @Nullable String> {
    private final MavenSession session;

    UserProperties(MavenSession session) {
        this.session = session;
    }

    @Override
    public @Nullable String apply(String name) {
        String value = session.getUserProperties().getProperty(name);
        if (value == null && session.getCurrentProject() != null) {
            value = session.getCurrentProject().getProperties().getProperty(name);
        }
        return value == null ? session.getSystemProperties().getProperty(name) : value;
    }

    /** Where a baseline is kept that is given no path. */
    String defaultBaseline() {
        boolean hasProject = session.getCurrentProject() != null && session.getCurrentProject().getFile() != null;
        return hasProject ? "src/image-baseline.json" : "image-baseline.json";
    }

    /** The property when it is set, else the element. */
    boolean flag(String name, boolean element) throws ConfigurationException {
        String value = apply(name);
        if (value == null) {
            return element;
        }
        switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "":
                return true;
            case "false":
                return false;
            default:
                throw new ConfigurationException("-D" + name + " is '" + value + "', but must be true or false.");
        }
    }
}
