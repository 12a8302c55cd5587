package io.github.bitnetmaven.audit.file;

import io.github.bitnetmaven.BitnetException;

/** A file that an audit left behind cannot be read, or is none. */
public class AuditFileException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public AuditFileException(String message) {
        super(message);
    }

    public AuditFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
