package io.github.bitnetmaven.audit.measurement;

/** Only the contents of files can tell, and they were not read. */
public final class ContentsNeededException extends MeasurementException {
    private static final long serialVersionUID = 1L;

    public ContentsNeededException(String message) {
        super(message);
    }
}
