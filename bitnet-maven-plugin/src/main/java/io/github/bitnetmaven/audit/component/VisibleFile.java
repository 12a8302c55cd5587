package io.github.bitnetmaven.audit.component;

/**
 * A file or link of the merged file system, as the classifiers see it.
 *
 * @param path relative and normalized
 * @param base whether it comes from a layer of the base image
 */
public record VisibleFile(String path, boolean model, boolean duplicateModel, boolean base) {}
