package io.github.bitnetmaven.image;

import io.github.bitnetmaven.BitnetException;

/** An image could not be read, or not with certainty. The message says which part and what to do. */
public class ImageException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public ImageException(String message) {
        super(message);
    }

    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
