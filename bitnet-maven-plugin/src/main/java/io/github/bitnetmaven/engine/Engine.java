package io.github.bitnetmaven.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The few requests to a Docker engine (or podman's compatible socket) that are needed beside docker-maven-plugin.
 * Engine API: https://docs.docker.com/reference/api/engine/.
 */
public interface Engine {
    /** As a URL, such as {@code unix:///var/run/docker.sock}: what docker-maven-plugin is given as dockerHost. */
    String address();

    /** The host under which published ports of the engine's containers are reached. */
    String host();

    /** Whether the engine runs on this machine, as far as its address says. */
    boolean isLocal();

    /** {@code GET /version}, as answered when the connection was made. */
    JsonNode version();

    /** {@code GET /images/{reference}/json}; empty when there is no such image. */
    Optional<JsonNode> inspectImage(String reference) throws EngineException;

    /** {@code GET /images/{reference}/history}: newest first. */
    JsonNode history(String reference) throws EngineException;

    /**
     * {@code GET /images/{reference}/get}: the image as a docker archive, streamed. Must be closed. A connection that
     * breaks throws an IOException whose message is a sentence; one that the engine closes too early looks like the end
     * of the stream, and the archive then lacks its end mark.
     */
    InputStream saveImage(String reference) throws EngineException;

    /** {@code POST /images/{id}/tag}; a tag that another image has moves, and that image stays. */
    void tag(String id, String reference) throws EngineException;

    /** Takes away one tag and never the image: refused when the image has no other tag. */
    void untag(String reference) throws EngineException;

    /**
     * Takes away one tag of ours, and the image with it when that was its last; never by force. Quiet when there is no
     * such tag; an error when it is the last one and a container uses the image.
     */
    void removeImage(String reference) throws EngineException;

    /**
     * Removes an image that has no tag left, no container and no child; returns false, and removes nothing, if it has
     * any. As with {@code docker rmi}, untagged parents that nothing else uses go with it.
     */
    boolean removeDangling(String id) throws EngineException;

    /**
     * {@code POST /build} with the context that the writer streams as a tar; returns the image id. Uses the classic
     * builder. The error of a failed build ends with the last lines of its output.
     *
     * @param dockerfile its path in the context
     * @param context runs in a thread of its own
     * @param onLine is given each line of the build's output
     */
    String build(String reference, String dockerfile, ContextWriter context, Consumer<String> onLine)
            throws EngineException;

    /**
     * {@code POST /images/create}: pulls a public image. Credentials of the user are not looked for: who needs them pulls
     * beforehand.
     *
     * @param onLine is given each line of the engine's progress
     */
    void pull(String reference, Consumer<String> onLine) throws EngineException;

    /**
     * {@code POST /containers/create}; returns the container's id.
     *
     * @param name null for the engine's choice
     */
    String createContainer(@Nullable String name, JsonNode body) throws EngineException;

    void startContainer(String id) throws EngineException;

    /** {@code GET /containers/{id}/json}. */
    JsonNode inspectContainer(String id) throws EngineException;

    /** {@code GET /containers/json} of running containers that carry the label. */
    JsonNode runningContainers(String label) throws EngineException;

    /** {@code GET /containers/{id}/archive}: the path as a tar stream. */
    InputStream copyFromContainer(String id, String path) throws EngineException;

    /**
     * Standard output and error, demultiplexed into lines, from the first one until the container ends; fails when the
     * thread is interrupted. Engines may lose a last line that has no end: {@link #lastLogs} has it.
     */
    void followLogs(String id, Consumer<String> onLine) throws EngineException;

    /**
     * As {@link #followLogs}, but {@code POST /containers/{id}/attach}: only what is written from now on, and also of a
     * container whose log is not kept, as those of the classic builder.
     */
    void attach(String id, Consumer<String> onLine) throws EngineException;

    /** The last lines that the container wrote so far. */
    void lastLogs(String id, int lines, Consumer<String> onLine) throws EngineException;

    /** {@code GET /containers/{id}/stats}, one sample. */
    JsonNode stats(String id) throws EngineException;

    /** Stops (after a grace period in seconds) and removes a container of ours; quiet when it is gone. */
    void removeContainer(String id, int graceSeconds) throws EngineException;

    /** Writes a tar stream. */
    interface ContextWriter {
        void writeTo(OutputStream out) throws IOException;
    }
}
