package io.github.bitnetmaven.configuration;

/** What builds the image. */
public enum EngineChoice {
    DOCKER,
    JIB,
    /** Docker where a daemon answers. */
    AUTO
}
