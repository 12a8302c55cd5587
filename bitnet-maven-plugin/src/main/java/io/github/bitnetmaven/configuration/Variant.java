package io.github.bitnetmaven.configuration;

/** Which member of the image family is built. */
public enum Variant {
    /** The server, a probe and the model on {@code scratch}. */
    NATIVE,
    /** A Python server in front of the backend. */
    PYTHON,
    /** A model-less stand-in with the same HTTP interface. */
    MOCK
}
