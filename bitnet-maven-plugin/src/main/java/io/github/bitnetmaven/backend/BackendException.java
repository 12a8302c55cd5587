package io.github.bitnetmaven.backend;

import io.github.bitnetmaven.BitnetException;

/** The backend could not be fetched or compiled. The message names the mend. */
public class BackendException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
