package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.nio.file.Path;

/** An image in an OCI layout directory. */
public final class OciLayoutSource implements ImageSource {
    private final Path directory;

    public OciLayoutSource(Path directory) {
        this.directory = directory;
    }

    @Override
    public Image read(ReadOptions options, Progress progress) throws ImageException {
        try (DirectoryMembers members = new DirectoryMembers(directory, options)) {
            return new OciLayout(members)
                    .read(options)
                    .assemble(directory.toString(), Image.SourceKind.OCI_LAYOUT, options);
        }
    }
}
