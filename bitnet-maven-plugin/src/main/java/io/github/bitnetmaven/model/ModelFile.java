package io.github.bitnetmaven.model;

import java.nio.file.Path;

/**
 * A model on this machine, read far enough to be sure it is one.
 *
 * @param file where it lies
 * @param fileName its name in an image, such as {@code ggml-model-i2_s.gguf}
 * @param bytes its size
 * @param sha256 64 lower-case hexadecimal digits
 * @param header what its GGUF header says
 */
public record ModelFile(Path file, String fileName, long bytes, String sha256, GgufHeader header) {}
