package io.github.bitnetmaven.backend;

import java.nio.file.Path;
import java.util.List;

/**
 * What an image needs of a compiled backend, laid out as in the image.
 *
 * @param directory holds {@code app/bin}, {@code app/lib} and, for an image without a C library, its loader
 * @param executables sorted by path
 * @param libraries the loader too; sorted by path; empty for static linkage
 */
public record RuntimeArtifacts(Path directory, List<Artifact> executables, List<Artifact> libraries) {
    public RuntimeArtifacts {
        executables = List.copyOf(executables);
        libraries = List.copyOf(libraries);
    }

    /**
     * One file.
     *
     * @param path relative to the directory, with slashes, such as {@code app/bin/llama-server}
     */
    public record Artifact(String path, long bytes) {}

    /** The size of all files together. */
    public long bytes() {
        return executables.stream().mapToLong(Artifact::bytes).sum()
                + libraries.stream().mapToLong(Artifact::bytes).sum();
    }
}
