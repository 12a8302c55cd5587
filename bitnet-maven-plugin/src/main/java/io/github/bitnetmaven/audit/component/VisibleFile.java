package io.github.bitnetmaven.audit.component;

import org.jspecify.annotations.Nullable;

/**
 * A file or link of the merged file system, as the classifiers see it.
 *
 * @param path relative and normalized
 * @param base whether it comes from a layer of the base image
 * @param program whether it is an ELF program or library
 * @param debianPackage the package that it belongs to; null when it is none's
 * @param pythonDistribution the distribution that it belongs to; null when it is none's
 */
record VisibleFile(
        String path,
        boolean model,
        boolean duplicateModel,
        boolean base,
        boolean program,
        @Nullable String debianPackage,
        @Nullable String pythonDistribution) {

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
