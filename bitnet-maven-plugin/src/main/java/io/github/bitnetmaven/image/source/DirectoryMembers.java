package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Members of an OCI layout directory. */
final class DirectoryMembers implements Members {
    private final Path directory;
    private final LayerSlices slices;

    DirectoryMembers(Path directory, ReadOptions options) {
        this.directory = directory;
        this.slices = new LayerSlices(options);
    }

    private Path file(String path) {
        return directory.resolve(MemberLinks.normalize(path));
    }

    @Override
    public boolean has(String path) {
        return Files.isRegularFile(file(path));
    }

    @Override
    public byte[] json(String path) throws ImageException {
        return read(path, channel -> slices.json(path, channel, 0, channel.size()));
    }

    @Override
    public LayerBlob layer(String path) throws ImageException {
        return read(path, channel -> slices.layer(path, channel, 0, channel.size()));
    }

    private interface Read<T> {
        T from(FileChannel channel) throws IOException, ImageException;
    }

    private <T> T read(String path, Read<T> read) throws ImageException {
        if (!has(path)) {
            throw Members.missing(path);
        }
        try (FileChannel channel = FileChannel.open(file(path))) {
            return read.from(channel);
        } catch (IOException e) {
            throw LayerSlices.unreadable(path, e);
        }
    }

    @Override
    public void close() {}
}
