package io.github.bitnetmaven.configuration;

import io.github.bitnetmaven.BitnetException;

/** The configuration cannot be used. The message names the XML path and the property. */
public class ConfigurationException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
