package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;

/** An uncompressed docker archive or OCI archive that goes by once, as an engine sends it. */
public final class StreamedArchive implements ImageSource {
    private final String name;
    private final InputStream archive;

    /** @param archive read to its end by the first {@link #read}, and closed */
    public StreamedArchive(String name, InputStream archive) {
        this.name = name;
        this.archive = archive;
    }

    @Override
    public Image read(ReadOptions options, Progress progress) throws ImageException {
        try (InputStream in = new ReadAhead(archive)) {
            StreamMembers members = StreamMembers.read(in, options, at -> {});
            Image.SourceKind kind = ArchiveReading.kind(members);
            return ArchiveReading.read(members, options).assemble(name, kind, options);
        } catch (IOException e) {
            throw LayerSlices.unreadable(name, e);
        }
    }
}
