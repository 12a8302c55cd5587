package io.github.bitnetmaven.dockerfile;

import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import java.io.IOException;
import java.util.List;

/**
 * What one variant puts into the frame that {@link Dockerfile} gives to all. A new variant is one class of these, its
 * test, and one line in {@link Dockerfile#variant}. Whether it has a backend and a model, and its default base, is said
 * by its constant in {@link io.github.bitnetmaven.configuration.Variant}.
 */
interface VariantDockerfile {
    /** Refuses, before any long work, what no Dockerfile can be made of. */
    void check(ImageSettings image, BackendSettings backend) throws ConfigurationException;

    /** Decides about what stage one makes: the label {@link Dockerfile#STAGE_LABEL} of its containers. */
    String stageKey(ContextRequest request);

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
