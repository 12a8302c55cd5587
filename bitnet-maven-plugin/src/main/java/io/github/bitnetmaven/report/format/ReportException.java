package io.github.bitnetmaven.report.format;

import io.github.bitnetmaven.BitnetException;

/** A report could not be written. */
public class ReportException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
