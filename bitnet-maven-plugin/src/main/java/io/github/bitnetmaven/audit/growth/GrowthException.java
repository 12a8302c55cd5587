package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.BitnetException;

/** Growth cannot be told: the other side is of another image, or not to be read. */
public class GrowthException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public GrowthException(String message) {
        super(message);
    }

    public GrowthException(String message, Throwable cause) {
        super(message, cause);
    }
}
