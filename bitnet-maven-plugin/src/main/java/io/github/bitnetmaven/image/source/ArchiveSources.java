package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recognises what a path is. */
public final class ArchiveSources {
    private ArchiveSources() {}

    /**
     * The source for a docker archive, an OCI archive or an OCI layout directory.
     *
     * @throws ImageException when the path cannot be any of them; what is inside is only seen when it is read
     */
    public static ImageSource open(Path path) throws ImageException {
        if (!Files.exists(path)) {
            throw new ImageException("There is no file or directory '" + path + "' (bitnet.archive).");
        }
        if (!Files.isDirectory(path)) {
            return new ArchiveSource(path);
        }
        if (!Files.isRegularFile(path.resolve(Members.INDEX))) {
            throw new ImageException("The directory '" + path + "' is no OCI layout: it has no index.json. Give an OCI "
                    + "layout, an OCI archive, or the output of docker save.");
        }
        return new OciLayoutSource(path);
    }
}
