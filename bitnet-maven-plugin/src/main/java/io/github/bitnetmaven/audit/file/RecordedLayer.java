package io.github.bitnetmaven.audit.file;

import io.github.bitnetmaven.audit.measurement.Instruction;
import org.jspecify.annotations.Nullable;

/**
 * A layer without its entries.
 *
 * @param index from 0, lowest first
 * @param createdBy as in the image's history, not safe to print; empty when the history does not tell
 * @param packedBytes what a registry transfers; null where the source does not tell exactly
 * @param modelBytes visible bytes of the models in this layer
 * @param fileCount regular files and links
 */
public record RecordedLayer(
        int index,
        String diffId,
        String createdBy,
        boolean base,
        long unpackedBytes,
        @Nullable Long packedBytes,
        long modelBytes,
        long fileCount) {

    /** What made the layer, as in the Dockerfile and safe to print. */
    public Instruction instruction() {
        return Instruction.of(createdBy);
    }
}
