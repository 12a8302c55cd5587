package io.github.bitnetmaven.audit.finding;

/**
 * Something in an image that need not be there.
 *
 * @param rule such as {@code BN001}
 * @param path relative and normalized, as it is in the image: not safe to print; empty for the image as a whole
 * @param layer index of the layer that brings it; -1 for the image as a whole
 * @param advice one sentence on what to do
 */
public record Finding(String rule, String title, String path, int layer, long bytes, String advice) {}
