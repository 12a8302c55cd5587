package io.github.bitnetmaven.smoke;

import io.github.bitnetmaven.BitnetException;

/** The image does not do what it is for. The message ends with the container's last lines. */
public class SmokeException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public SmokeException(String message) {
        super(message);
    }
}
