package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An image in a file: a docker archive, legacy or new, or an OCI archive; the file itself may be compressed. Contents of
 * uncompressed layers in an uncompressed file are skipped unless digests are asked for.
 */
public final class ArchiveSource implements ImageSource {
    private static final int HEAD = 8;

    private final Path archive;

    public ArchiveSource(Path archive) {
        this.archive = archive;
    }

    @Override
    public Image read(ReadOptions options, Progress progress) throws ImageException {
        try (Members members = open(options, progress)) {
            Image.SourceKind kind = ArchiveReading.kind(members);
            return ArchiveReading.read(members, options).assemble(archive.toString(), kind, options);
        } catch (IOException e) {
            throw LayerSlices.unreadable(archive.toString(), e);
        }
    }

    private Members open(ReadOptions options, Progress progress) throws IOException, ImageException {
        long bytes = Files.size(archive);
        if (bytes == 0) {
            throw new ImageException("The archive '" + archive + "' is empty. Save the image again.");
        }
        Compression compression;
        try (InputStream in = Files.newInputStream(archive)) {
            byte[] head = in.readNBytes(HEAD);
            compression = Compression.of(head, head.length);
        }
        if (compression == Compression.NONE) {
            return FileMembers.open(archive, options);
        }
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
                InputStream in = new ReadAhead(compression.open(file));
                Progress.Task task = progress.start("Reading " + archive, -1, Progress.Unit.BYTES)) {
            return StreamMembers.read(in, options, task::at, "Save the image again.");
        }
    }
}
