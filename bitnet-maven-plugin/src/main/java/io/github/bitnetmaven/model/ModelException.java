package io.github.bitnetmaven.model;

import io.github.bitnetmaven.BitnetException;

/** A model is not what it should be, or cannot be had. */
public class ModelException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
