package io.github.bitnetmaven.configuration;

import org.jspecify.annotations.Nullable;

/** What a passed budget does to the build. */
public enum Level {
    /** Fails it. */
    ERROR,
    /** Is only reported. */
    WARN;

    /** A level as written; {@link #ERROR} when nothing was. */
    public static Level parse(@Nullable String text, String where) throws ConfigurationException {
        if (text == null) {
            return ERROR;
        }
        for (Level level : values()) {
            if (level.name().equalsIgnoreCase(text.strip())) {
                return level;
            }
        }
        throw new ConfigurationException(
                where + " is '" + Problems.printable(text) + "', but must be ERROR (the default) or WARN.");
    }
}
