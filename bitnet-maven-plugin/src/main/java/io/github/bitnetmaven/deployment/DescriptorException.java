package io.github.bitnetmaven.deployment;

import io.github.bitnetmaven.BitnetException;

/** A description of how the image is run could not be written. */
public class DescriptorException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public DescriptorException(String message, Throwable cause) {
        super(message, cause);
    }
}
