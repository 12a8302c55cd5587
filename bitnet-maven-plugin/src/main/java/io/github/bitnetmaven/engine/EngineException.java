package io.github.bitnetmaven.engine;

import io.github.bitnetmaven.BitnetException;

/** The Docker engine is not reachable or refused. The message says what to do. */
public class EngineException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
