package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.measurement.Sizes;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be compared: an image that was just read, or what was recorded of one. */
public interface Snapshot {
    /** What the image is called: a reference, an id or a path. */
    String image();

    /** Kind of source, such as {@code engine} or {@code docker-archive}. */
    @Nullable String source();

    @Nullable String id();

    /** Such as {@code linux/amd64}. */
    @Nullable String platform();

    Sizes sizes();

    /** All of them, lowest first. */
    List<LayerSize> layers();

    List<Component> components();

    /** Whether {@link #files} tells anything. */
    default boolean knowsFiles() {
        return true;
    }

    /**
     * The files and links that a container sees, each path once. May be asked for several times.
     *
     * @throws BitnetException when they cannot be read
     */
    void files(Consumer<FileSize> each) throws BitnetException;

    /** Another one in as little detail as this one has, so that the two can be compared. */
    default Snapshot inSameDetail(Snapshot other) throws BitnetException {
        return other;
    }

    /**
     * A layer.
     *
     * @param createdBy as in the image's history; empty when the history does not tell
     * @param unpackedBytes of it, the models too
     * @param modelBytes visible bytes of the models in it
     */
    record LayerSize(String diffId, String createdBy, boolean base, long unpackedBytes, long modelBytes) {}

    /**
     * A file.
     *
     * @param path relative; with a slash at its end, the smaller files of a directory together
     * @param bytes visible bytes
     * @param digest of its content; null when contents were not read
     */
    record FileSize(String path, long bytes, String component, @Nullable String digest) {}
}
