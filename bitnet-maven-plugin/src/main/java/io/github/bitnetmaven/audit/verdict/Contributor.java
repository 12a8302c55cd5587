package io.github.bitnetmaven.audit.verdict;

/**
 * A file that counts toward a budget, to show where the bytes come from.
 *
 * @param path relative and normalized, as it is in the image: not safe to print
 * @param layer index of the layer that brings it
 */
public record Contributor(String path, long bytes, int layer) {}
