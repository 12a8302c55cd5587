package io.github.bitnetmaven.image.tar;

import java.io.IOException;

/** A tar stream is cut off or malformed. The message is a whole sentence that names the entry or the offset. */
public final class TarException extends IOException {
    private static final long serialVersionUID = 1L;

    public TarException(String message) {
        super(message);
    }
}
