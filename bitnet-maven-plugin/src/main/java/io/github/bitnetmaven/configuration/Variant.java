package io.github.bitnetmaven.configuration;

import java.util.List;

/** Which member of the image family is built. */
public enum Variant {
    /** The backend's own server, a probe and the model. */
    NATIVE("scratch", List.of("llama-server"), true),
    /** A Python server in front of the backend. */
    PYTHON("python:3.11-slim", List.of("llama-server", "llama-cli"), true),
    /** A model-less stand-in with the same HTTP interface. */
    MOCK("scratch", List.of(), false);

    private final String defaultBaseImage;
    private final List<String> executables;
    private final boolean model;

    Variant(String defaultBaseImage, List<String> executables, boolean model) {
        this.defaultBaseImage = defaultBaseImage;
        this.executables = executables;
        this.model = model;
    }

    /** What stage two starts from when nothing is configured. */
    public String defaultBaseImage() {
        return defaultBaseImage;
    }

    /** What of the backend is compiled for it when nothing is configured; empty when it has no backend. */
    public List<String> defaultExecutables() {
        return executables;
    }

    /** Whether a backend is compiled for it. */
    public boolean hasBackend() {
        return !executables.isEmpty();
    }

    /** Whether it serves a model. */
    public boolean hasModel() {
        return model;
    }
}
