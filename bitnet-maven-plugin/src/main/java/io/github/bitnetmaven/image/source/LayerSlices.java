package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Reads members that lie on a disk, where an uncompressed layer's contents need not be read. */
final class LayerSlices {
    private static final int HEAD = 8;

    private final boolean contentsWanted;
    private final BlobReader reader;

    LayerSlices(ReadOptions options) {
        this.contentsWanted = options.verifyDigests() || options.contentDigests();
        this.reader = new BlobReader(options);
    }

    byte[] json(String path, FileChannel channel, long offset, long length) throws ImageException {
        if (length > Json.MAXIMUM_BYTES) {
            throw Members.tooLong(path, length);
        }
        try {
            byte[] content = new ChannelStream(channel, offset, length).readNBytes((int) length);
            Members.verify(path, content);
            return content;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    LayerBlob layer(String path, FileChannel channel, long offset, long length) throws ImageException {
        try {
            byte[] head = new ChannelStream(channel, offset, length).readNBytes(HEAD);
            ChannelStream in = new ChannelStream(channel, offset, length);
            if (!contentsWanted && Compression.of(head, head.length) == Compression.NONE) {
                return new LayerBlob(reader.skim(in), null, null, length);
            }
            LayerBlob blob = reader.read(in, length);
            Members.verify(path, String.valueOf(blob.digest()));
            return blob;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static ImageException unreadable(String path, IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return new ImageException("'" + Json.abbreviate(path) + "' cannot be read: " + message
                + (message.endsWith(".") ? "" : "."), e);
    }
}
