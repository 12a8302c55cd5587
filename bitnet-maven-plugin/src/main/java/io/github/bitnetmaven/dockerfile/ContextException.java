package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.BitnetException;

/** The build context could not be written. */
public class ContextException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public ContextException(String message) {
        super(message);
    }

    public ContextException(String message, Throwable cause) {
        super(message, cause);
    }
}
