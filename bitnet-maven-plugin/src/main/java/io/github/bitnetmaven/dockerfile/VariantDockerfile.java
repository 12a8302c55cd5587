package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What one variant puts into the frame that {@link Dockerfile} gives to all. A new variant is one class of these, its
 * test, and one line in {@link Dockerfile#variant}. Whether it has a backend and a model, and its default base, is said
 * by its constant in {@link io.github.bitnetmaven.configuration.Variant}.
 */
interface VariantDockerfile {
    /** Refuses, before any long work, what no Dockerfile can be made of. */
    void check(ImageSettings image, BackendSettings backend) throws ConfigurationException;

    /**
     * The labels {@link Dockerfile#STAGE_LABEL} of the containers that do the long work, by which they are watched. The
     * first decides about what stage one makes.
     */
    List<String> stageKeys(ContextRequest request);

    /**
     * Refuses a base image that the engine has, or can pull, and that will not do. Asked after {@link #check}, still
     * before the long work.
     */
    default void checkBase(ImageSettings image, Engine engine, Progress progress) throws BitnetException {}

    /** Environment of the image beside MODEL_PATH and BITNET_PORT: names and values that need no escaping, in order. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** The stages before the last one, comment lines first. None of their layers is in the image. */
    String stageOne(ContextRequest request) throws ConfigurationException;

    /** The COPY instructions of stage two, on top of the base and the model: what changes least comes first. */
    List<String> copies(ContextRequest request) throws ConfigurationException;

    /** The exec form of the entry point: absolute paths of the image, or words that need no quoting. */
    List<String> entryPoint(ContextRequest request) throws ConfigurationException;

    /** The exec form of the health check, which is given six seconds. */
    List<String> healthCheck();

    /** When the health check is asked. A model of gigabytes takes its time to load. */
    default String healthCheckOptions(ContextRequest request) {
        String startPeriod = request.download() == null ? "--start-period=300s" : FetchSection.START_PERIOD;
        return "--interval=10s --timeout=6s " + startPeriod + " --retries=3";
    }

    /** Adds what the instructions copy. */
    void addFiles(ContextRequest request, ContextFiles files) throws IOException;
}
