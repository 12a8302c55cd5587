package io.github.bitnetmaven.audit.file;

/**
 * A file or link of the merged file system: a line of the inventory.
 *
 * @param path relative and normalized, as it is in the image: not safe to print
 * @param bytes visible bytes; those that hard links share are on the first path
 * @param layer index of the layer that brings it
 * @param component such as {@code backend}
 */
public record InventoryFile(String path, long bytes, int layer, String component) {}
