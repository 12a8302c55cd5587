package io.github.bitnetmaven.model;

/**
 * What is needed of a GGUF header (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).
 *
 * @param version of the format, 2 or 3
 * @param architecture {@code general.architecture}; empty when absent
 * @param name {@code general.name}; empty when absent
 * @param fileType {@code general.file_type}; -1 when absent
 * @param tensorCount number of tensors
 * @param requiredBytes the least size of a file that holds all tensors of the header
 */
public record GgufHeader(
        int version, String architecture, String name, long fileType, long tensorCount, long requiredBytes) {}
