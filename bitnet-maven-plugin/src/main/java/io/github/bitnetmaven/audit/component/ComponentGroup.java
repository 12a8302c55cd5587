package io.github.bitnetmaven.audit.component;

import java.util.List;

/** Components of one origin, whose names share a prefix: together they are a line in the summary. */
public enum ComponentGroup {
    PYTHON("Python packages", "python/"),
    DEBIAN("Debian packages", "debian/");

    private final String title;
    private final String prefix;

    ComponentGroup(String title, String prefix) {
        this.title = title;
        this.prefix = prefix;
    }

    public String title() {
        return title;
    }

    public String prefix() {
        return prefix;
    }

    /** The components of this group, in the given order. */
    public List<Component> of(List<Component> components) {
        return components.stream().filter(one -> one.name().startsWith(prefix)).toList();
    }
}
