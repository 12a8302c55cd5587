package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.Image.SourceKind;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;

/** Tells a docker archive from an OCI archive. */
final class ArchiveReading {
    private ArchiveReading() {}

    static SourceKind kind(Members members) throws ImageException {
        if (members.has(Members.MANIFEST)) {
            return SourceKind.DOCKER_ARCHIVE;
        }
        if (members.has(Members.INDEX)) {
            return SourceKind.OCI_ARCHIVE;
        }
        throw new ImageException("The archive holds no image: it has neither manifest.json (docker save) nor index.json "
                + "(OCI). Give the output of docker save, an OCI archive, or an OCI layout directory.");
    }

    static ImageAssembly read(Members members, ReadOptions options) throws ImageException {
        boolean docker = kind(members) == SourceKind.DOCKER_ARCHIVE;
        // Where Docker writes both, only the index has all platforms.
        boolean byIndex = options.platform() != null && members.has(Members.INDEX);
        if (!docker) {
            return new OciLayout(members).read(options);
        }
        if (!byIndex) {
            return new DockerLayout(members).read();
        }
        // Docker saves layers as its store has them, mostly uncompressed: a push compresses them first.
        ImageAssembly read = new OciLayout(members).read(options);
        return new ImageAssembly(read.configuration(), read.layers(), false);
    }
}
