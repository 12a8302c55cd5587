package io.github.bitnetmaven.image.registry;

import io.github.bitnetmaven.image.ImageException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A blob of known length. A connection that breaks is taken up again where it broke off; a blob that is shorter or longer
 * than it must be is an error, never an end.
 */
final class BlobStream extends InputStream {
    private static final int MAXIMUM_BREAKS = 3;

    private final Opener opener;
    private final long length;
    private long position;
    private int breaks;
    private volatile @Nullable InputStream in;
    private volatile boolean closed;

    /** Asks for the blob. */
    interface Opener {
        /** The bytes from an offset on. */
        InputStream open(long offset) throws IOException, ImageException;
    }

    BlobStream(Opener opener, long length) {
        this.opener = opener;
        this.length = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        while (true) {
            String reason = "the connection ended";
            try {
                // At the end, too: one byte more is one too many.
                int read = body().read(to, offset, wanted);
                if (read >= 0) {
                    position += read;
                    requireLength();
                    return read;
                }
            } catch (HopelessException e) {
                throw e;
            } catch (IOException e) {
                if (closed) {
                    throw e;
                }
                reason = String.valueOf(e.getMessage());
            }
            if (position == length) {
                return -1;
            }
            if (++breaks > MAXIMUM_BREAKS) {
                throw new HopelessException("it broke off " + breaks + " times, at last after " + position + " of "
                        + length + " bytes (" + Text.printable(reason) + "); try again", null);
            }
            drop();
        }
    }

    private void requireLength() throws HopelessException {
        if (position > length) {
            throw new HopelessException("it has more than the " + length + " bytes that its descriptor says", null);
        }
    }

    /** Asking again does not help. */
    private static final class HopelessException extends IOException {
        private static final long serialVersionUID = 1L;

        HopelessException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private InputStream body() throws IOException {
        if (closed) {
            throw new IOException("Closed.");
        }
        InputStream body = in;
        if (body == null) {
            try {
                body = opener.open(position);
            } catch (ImageException e) {
                throw new HopelessException(String.valueOf(e.getMessage()), e);
            }
            in = body;
            if (closed) {
                drop();
            }
        }
        return body;
    }

    private void drop() throws IOException {
        InputStream body = in;
        in = null;
        if (body != null) {
            body.close();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        drop();
    }
}
