package io.github.bitnetmaven.image;

import java.util.List;

/**
 * An image, independent of where it was read from.
 *
 * @param name how the user called it: a reference or a path
 * @param id {@code sha256:…} of the configuration blob
 * @param source kind of source
 * @param uncheckedDigests what was not verified because contents were skipped; empty when all was checked
 */
public record Image(
        String name,
        String id,
        SourceKind source,
        ImageConfiguration configuration,
        List<Layer> layers,
        MergedFileSystem files,
        List<String> uncheckedDigests) {

    public enum SourceKind {
        ENGINE("engine"),
        DOCKER_ARCHIVE("docker-archive"),
        OCI_ARCHIVE("oci-archive"),
        OCI_LAYOUT("oci-layout"),
        REGISTRY("registry");

        private final String id;

        SourceKind(String id) {
            this.id = id;
        }

        /** The name in {@code audit.json}. */
        public String id() {
            return id;
        }
    }
}
