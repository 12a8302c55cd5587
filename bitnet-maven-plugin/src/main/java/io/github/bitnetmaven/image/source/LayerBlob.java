package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.layer.LayerTable;
import org.jspecify.annotations.Nullable;

/**
 * A layer as it was read.
 *
 * @param digest {@code sha256:…} of the blob as it is stored; null when contents were skipped
 * @param diffId {@code sha256:…} of the uncompressed layer; null when contents were skipped
 * @param bytes of the blob as it is stored
 */
record LayerBlob(LayerTable table, @Nullable String digest, @Nullable String diffId, long bytes) {}
