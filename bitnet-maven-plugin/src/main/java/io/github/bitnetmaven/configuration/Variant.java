package io.github.bitnetmaven.configuration;

/** Which member of the image family is built. */
public enum Variant {
    /** The backend's own server, a probe and the model. */
    NATIVE("scratch", true, true),
    /** A Python server in front of the backend. */
    PYTHON("python:3.11-slim", true, true),
    /** A model-less stand-in with the same HTTP interface. */
    MOCK("scratch", false, false);

    private final String defaultBaseImage;
    private final boolean backend;
    private final boolean model;

    Variant(String defaultBaseImage, boolean backend, boolean model) {
        this.defaultBaseImage = defaultBaseImage;
        this.backend = backend;
        this.model = model;
    }

    /** What stage two starts from when nothing is configured. */
    public String defaultBaseImage() {
        return defaultBaseImage;
    }

    /** Whether a backend is compiled for it. */
    public boolean hasBackend() {
        return backend;
    }

    /** Whether it serves a model. */
    public boolean hasModel() {
        return model;
    }
}
