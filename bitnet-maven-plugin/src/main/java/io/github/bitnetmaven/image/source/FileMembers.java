package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.layer.EntryPath;
import io.github.bitnetmaven.image.tar.TarReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Members of an uncompressed archive on disk, found by its headers and read where they are. */
final class FileMembers implements Members {
    private static final int INDEX_BUFFER = 1 << 12;
    private static final int MAXIMUM_MEMBERS = 1 << 18;

    private final FileChannel channel;
    private final LayerSlices slices;
    private final Map<String, Slice> members = new HashMap<>();
    private final MemberLinks links = new MemberLinks();

    private record Slice(long offset, long length) {}

    private FileMembers(FileChannel channel, ReadOptions options) {
        this.channel = channel;
        this.slices = new LayerSlices(options);
    }

    /** Reads the archive's headers. */
    static FileMembers open(Path archive, ReadOptions options) throws IOException, ImageException {
        FileChannel channel = FileChannel.open(archive);
        try {
            FileMembers members = new FileMembers(channel, options);
            members.index();
            return members;
        } catch (IOException | ImageException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void index() throws IOException, ImageException {
        TarReader tar = new TarReader(new ChannelStream(channel, 0, channel.size()), INDEX_BUFFER);
        while (tar.next()) {
            String path = MemberLinks.normalize(EntryPath.text(tar.name(), 0, tar.nameLength()));
            String target = EntryPath.text(tar.link(), 0, tar.linkLength());
            members.remove(path);
            links.remove(path);
            if (tar.isSymbolicLink()) {
                links.addSymbolic(path, target);
            } else if (tar.isHardLink()) {
                links.addHard(path, target);
            } else if (tar.isFile() && !tar.isSparse()) {
                members.put(path, new Slice(tar.contentOffset(), tar.size()));
            }
            if (members.size() + links.size() > MAXIMUM_MEMBERS) {
                throw new ImageException("The archive holds more than " + MAXIMUM_MEMBERS
                        + " files, so it is no archive of an image.");
            }
        }
        if (!tar.isEndMarked()) {
            throw new ImageException("The archive is cut off: it has no end mark. Save the image again.");
        }
    }

    @Override
    public boolean has(String path) {
        return members.containsKey(links.resolve(path));
    }

    private Slice slice(String path) throws ImageException {
        Slice slice = members.get(links.resolve(path));
        if (slice == null) {
            throw Members.missing(path);
        }
        return slice;
    }

    @Override
    public byte[] json(String path) throws ImageException {
        Slice slice = slice(path);
        return slices.json(path, channel, slice.offset, slice.length);
    }

    @Override
    public LayerBlob layer(String path) throws ImageException {
        Slice slice = slice(path);
        return slices.layer(path, channel, slice.offset, slice.length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
