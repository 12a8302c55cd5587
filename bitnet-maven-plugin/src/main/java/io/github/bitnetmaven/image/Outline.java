package io.github.bitnetmaven.image;

/**
 * What a place tells about an image before a layer is read.
 *
 * @param packedBytes sum of the compressed layers
 */
public record Outline(long packedBytes, int layerCount) {}
