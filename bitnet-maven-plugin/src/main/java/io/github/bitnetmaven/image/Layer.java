package io.github.bitnetmaven.image;

import org.jspecify.annotations.Nullable;

/**
 * One of the image's layers, lowest first.
 *
 * @param index position among the diff ids, from 0
 * @param diffId {@code sha256:…} of the uncompressed layer
 * @param createdBy the instruction from the image's history; empty when the history does not tell
 * @param base whether the layer belongs to the configured base image
 * @param packedBytes bytes of the compressed blob, where the source has one; else null
 * @param unpackedBytes sum of the entry bytes
 * @param fileCount regular files and links
 */
public record Layer(
        int index,
        String diffId,
        String createdBy,
        boolean base,
        @Nullable Long packedBytes,
        long unpackedBytes,
        long fileCount,
        EntryTable entries) {}
