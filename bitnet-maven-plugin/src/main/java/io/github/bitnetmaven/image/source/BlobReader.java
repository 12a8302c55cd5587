package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.layer.LayerReader;
import io.github.bitnetmaven.image.layer.LayerTable;
import io.github.bitnetmaven.image.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Reads layer blobs. */
final class BlobReader {
    /** Smaller blobs are not worth a second thread. */
    private static final long WORTH_A_THREAD = 1 << 19;

    private static final int HEAD = 8;
    private static final int SKIM_BUFFER = 1 << 15;

    private final LayerReader layers;

    BlobReader(ReadOptions options) {
        this.layers = new LayerReader(options.contentDigests(), options.observers());
    }

    /**
     * Reads a blob to its end and takes its digests. However this ends, nothing reads from the stream any more.
     *
     * @param bytes how long the blob is, about
     */
    LayerBlob read(InputStream stored, long bytes) throws IOException, ImageException {
        PushbackInputStream in = new PushbackInputStream(stored, HEAD);
        byte[] head = new byte[HEAD];
        int length = in.readNBytes(head, 0, HEAD);
        in.unread(head, 0, length);
        Compression compression = Compression.of(head, length);
        HashingStream blob = new HashingStream(in);
        InputStream uncompressed = compression.open(blob);
        InputStream ahead = bytes >= WORTH_A_THREAD ? new ReadAhead(uncompressed) : uncompressed;
        if (compression == Compression.NONE) {
            // Hashing belongs to the other thread; the walk itself costs next to nothing.
            LayerTable table = walk(ahead);
            String digest = blob.digest();
            return new LayerBlob(table, digest, digest, blob.count());
        }
        HashingStream layer = new HashingStream(ahead);
        LayerTable table = walk(layer);
        blob.drain();
        return new LayerBlob(table, blob.digest(), layer.digest(), blob.count());
    }

    /** Reads the headers of an uncompressed layer, and of contents what observers want. */
    LayerTable skim(InputStream tar) throws IOException, ImageException {
        return layers.read(new TarReader(tar, SKIM_BUFFER), false);
    }

    private LayerTable walk(InputStream tar) throws IOException, ImageException {
        boolean done = false;
        try {
            LayerTable table = layers.read(new TarReader(tar), true);
            done = true;
            return table;
        } finally {
            drain(tar, done);
        }
    }

    /** To the end, so that the digest is complete and no thread still reads. */
    private static void drain(InputStream in, boolean failuresCount) throws IOException {
        try {
            while (in.skip(1 << 20) > 0 || in.read() >= 0) {
                // Nothing is kept.
            }
        } catch (IOException e) {
            if (failuresCount) {
                throw e;
            }
        }
    }
}
