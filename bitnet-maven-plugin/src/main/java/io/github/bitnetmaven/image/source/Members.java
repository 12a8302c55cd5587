package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.ImageException;
import java.io.Closeable;

/** The files that an image is made of, in an archive or a directory, by normalized path. Links are followed. */
interface Members extends Closeable {
    String MANIFEST = "manifest.json";
    String INDEX = "index.json";
    String BLOBS = "blobs/sha256/";

    boolean has(String path);

    /**
     * A small file with metadata.
     *
     * @throws ImageException when it is missing, too long, or not what the digest in its path says
     */
    byte[] json(String path) throws ImageException;

    /**
     * A layer.
     *
     * @throws ImageException when it is missing, cut off, malformed, or not what the digest in its path says
     */
    LayerBlob layer(String path) throws ImageException;

    /** Path of a blob in an OCI layout. */
    static String blob(String digest) {
        return BLOBS + digest.substring("sha256:".length());
    }

    /** Checks a file whose path holds its digest. */
    static void verify(String path, byte[] content) throws ImageException {
        if (path.startsWith(BLOBS)) {
            verify(path, Sha256.of(content));
        }
    }

    /** Checks a file whose path holds its digest. */
    static void verify(String path, String digest) throws ImageException {
        if (path.startsWith(BLOBS) && !path.equals(blob(digest))) {
            throw new ImageException("'" + path + "' was altered: its digest is " + digest
                    + ". Save or pull the image again.");
        }
    }

    static ImageException missing(String path) {
        return new ImageException("'" + Json.abbreviate(path)
                + "' is missing, although the image's metadata names it. Save or pull the image again.");
    }

    static ImageException tooLong(String path, long bytes) {
        return new ImageException("'" + Json.abbreviate(path) + "' has " + bytes
                + " bytes; metadata of an image has at most " + Json.MAXIMUM_BYTES + ".");
    }
}
