package io.github.bitnetmaven.audit.file;

import org.jspecify.annotations.Nullable;

/**
 * A file or link of the merged file system: a line of the inventory.
 *
 * @param path relative and normalized, as it is in the image: not safe to print
 * @param bytes visible bytes; those that hard links share are on the first path
 * @param layer index of the layer that brings it
 * @param component such as {@code backend}
 * @param sha256 of its content, lower-case hexadecimal; null when contents were not read
 */
public record InventoryFile(String path, long bytes, int layer, String component, @Nullable String sha256) {
    /** A file whose content was not read. */
    public InventoryFile(String path, long bytes, int layer, String component) {
        this(path, bytes, layer, component, null);
    }
}
