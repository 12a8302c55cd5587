package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** All properties whose names begin so: the user's, the project's, the session's and the process's. */
    List<SortedMap<String, String>> startingWith(String prefix) {
        List<Properties> scopes = new ArrayList<>(List.of(session.getUserProperties()));
        if (session.getCurrentProject() != null) {
            scopes.add(session.getCurrentProject().getProperties());
        }
        scopes.add(session.getSystemProperties());
        scopes.add(System.getProperties());
        return scopes.stream().map(scope -> startingWith(prefix, scope)).toList();
    }

    private static SortedMap<String, String> startingWith(String prefix, Properties scope) {
        SortedMap<String, String> found = new TreeMap<>();
        for (String name : scope.stringPropertyNames()) {
            String value = name.startsWith(prefix) ? scope.getProperty(name) : null;
            if (value != null) {
                found.put(name, value);
            }
        }
        return found;
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
