package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.BitnetException;

/** An image cannot be measured with certainty. */
public class MeasurementException extends BitnetException {
    private static final long serialVersionUID = 1L;

    public MeasurementException(String message) {
        super(message);
    }
}
