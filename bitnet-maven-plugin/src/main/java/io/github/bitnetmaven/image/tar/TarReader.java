package io.github.bitnetmaven.image.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the entries of a tar stream. Nothing of an entry's content is read unless {@link #content} is; it is
 * skipped through {@link InputStream#skip}, which a seekable stream does in no time. Memory is bounded whatever the
 * headers say.
 */
public final class TarReader {
    /** A name or link target may have so many bytes; Linux takes 4,096. */
    public static final int MAXIMUM_NAME = 65_535;

    private static final int MAXIMUM_EXTENSION = 1 << 20;
    private static final byte[] ABSENT = {};

    private final InputStream in;
    private final byte[] buffer;
    private int at;
    private int limit;
    private long taken;

    private byte[] name = new byte[512];
    private int nameLength;
    private byte[] link = new byte[512];
    private int linkLength;
    private char type;
    private long size;
    private int mode;
    private boolean sparse;
    private long contentOffset;
    private long contentLeft;
    private int padding;
    private boolean endMarked;

    public TarReader(InputStream in) {
        this(in, 1 << 16);
    }

    /**
     * @param bufferBytes at least 512; a small one where contents are skipped by seeking
     */
    public TarReader(InputStream in, int bufferBytes) {
        this.in = in;
        this.buffer = new byte[Math.max(bufferBytes, TarHeader.BLOCK)];
    }

    /** Goes to the next entry; false at the end of the archive. */
    public boolean next() throws IOException {
        skipContent();
        byte[] longName = ABSENT;
        byte[] longLink = ABSENT;
        PaxRecords pax = null;
        while (true) {
            if (!nextHeader()) {
                if (longName.length > 0 || longLink.length > 0 || pax != null) {
                    throw new TarException("The archive ends after an extension header" + where());
                }
                return false;
            }
            int header = at;
            at += TarHeader.BLOCK;
            char kind = TarHeader.type(buffer, header);
            switch (kind) {
                case 'L' -> longName = cString(extension(header, "long name"));
                case 'K' -> longLink = cString(extension(header, "long link target"));
                case 'x' -> pax = new PaxRecords(extension(header, "PAX header"));
                case 'g' -> {
                    String key = new PaxRecords(extension(header, "global PAX header")).anyKey();
                    if (key != null) {
                        throw new TarException("A global PAX header sets '" + key
                                + "' for all entries, on which readers of archives disagree" + where());
                    }
                }
                default -> {
                    entry(header, kind, longName, longLink, pax);
                    return true;
                }
            }
        }
    }

    private void entry(int header, char kind, byte[] longName, byte[] longLink, @Nullable PaxRecords pax)
            throws IOException {
        nameLength = TarHeader.name(buffer, header, name);
        linkLength = TarHeader.link(buffer, header, link);
        mode = TarHeader.mode(buffer, header);
        type = kind;
        long stored = TarHeader.size(buffer, header);
        sparse = kind == 'S';
        long logical = sparse ? TarHeader.sparseSize(buffer, header) : -1;
        if (pax != null) {
            setName(pax.text("path"));
            setLink(pax.text("linkpath"));
        }
        // Where an entry has both kinds of long names, Go's reader, which engines use, takes GNU's.
        setName(longName);
        setLink(longLink);
        if (pax != null) {
            stored = pax.number("size") >= 0 ? pax.number("size") : stored;
            if (!sparse && pax.sparseSize() >= 0 && isFile()) {
                sparse = true;
                logical = pax.sparseSize();
                setName(pax.text("GNU.sparse.name"));
            }
        }
        if (kind == 'S' && TarHeader.sparseContinues(buffer, header)) {
            skipSparseMap();
        }
        if (!isFile()) {
            // Links, directories and devices have no content, whatever their size says: some writers set one.
            stored = 0;
        }
        if (stored > Long.MAX_VALUE - TarHeader.BLOCK) {
            throw new TarException("The entry '" + displayName() + "' has an impossible size" + where());
        }
        size = isFile() && logical >= 0 ? logical : stored;
        contentOffset = taken - (limit - at);
        contentLeft = stored;
        padding = (int) (-stored & TarHeader.BLOCK - 1);
    }

    private void skipSparseMap() throws IOException {
        boolean more = true;
        while (more) {
            if (!require(TarHeader.BLOCK)) {
                throw cutOff();
            }
            more = TarHeader.sparseMapContinues(buffer, at);
            at += TarHeader.BLOCK;
        }
    }

    /** Whether the entry has content: a regular file, in any of its forms, or an unknown type (POSIX says so). */
    public boolean isFile() {
        return switch (type) {
            case '1', '2', '3', '4', '5', '6' -> false;
            // Before POSIX a directory was a file whose name ends in a slash.
            case 0 -> nameLength == 0 || name[nameLength - 1] != '/';
            default -> true;
        };
    }

    public boolean isDirectory() {
        return type == '5' || type == 0 && !isFile();
    }

    public boolean isHardLink() {
        return type == '1';
    }

    public boolean isSymbolicLink() {
        return type == '2';
    }

    /** The stored name, not normalized; valid up to {@link #nameLength} and until the next entry. */
    public byte[] name() {
        return name;
    }

    public int nameLength() {
        return nameLength;
    }

    public byte[] link() {
        return link;
    }

    public int linkLength() {
        return linkLength;
    }

    /** Logical size of the content. */
    public long size() {
        return size;
    }

    /** Bytes of content that the archive holds; fewer than {@link #size} for a sparse file. */
    public long storedBytes() {
        return contentLeft;
    }

    /** Where the content begins, counted from where this reader began. */
    public long contentOffset() {
        return contentOffset;
    }

    public int mode() {
        return mode;
    }

    /** Whether the content as stored is a map and the parts that are not holes. */
    public boolean isSparse() {
        return sparse;
    }

    /** Whether the end was marked by blocks of zeros; false when the stream just ended after an entry. */
    public boolean isEndMarked() {
        return endMarked;
    }

    /** For messages. */
    public String displayName() {
        return new String(name, 0, nameLength, StandardCharsets.UTF_8);
    }

    /** The stored content; valid until the next entry. It fails when the archive ends too early. */
    public InputStream content() {
        return new Content();
    }

    private void skipContent() throws IOException {
        int buffered = (int) Math.min(contentLeft, limit - at);
        at += buffered;
        long left = contentLeft - buffered;
        contentLeft = 0;
        if (left > 0) {
            taken += left;
            try {
                in.skipNBytes(left);
            } catch (EOFException e) {
                throw cutOff();
            }
        }
        // Umoci leaves out what follows the last content, the padding too; Go's reader takes that for the end.
        int rest = padding;
        padding = 0;
        boolean padded = require(rest);
        at = padded ? at + rest : limit;
    }

    private int readContent(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (contentLeft == 0) {
            return -1;
        }
        int wanted = (int) Math.min(length, contentLeft);
        int read;
        if (at < limit) {
            read = Math.min(wanted, limit - at);
            System.arraycopy(buffer, at, to, offset, read);
            at += read;
        } else {
            read = in.read(to, offset, wanted);
            if (read < 0) {
                throw cutOff();
            }
            taken += read;
        }
        contentLeft -= read;
        return read;
    }

    /** Puts a header block at {@link #at}; false at the end of the archive. */
    private boolean nextHeader() throws IOException {
        if (!require(TarHeader.BLOCK)) {
            if (limit > at) {
                throw cutOff();
            }
            return false;
        }
        if (TarHeader.isZero(buffer, at)) {
            at += TarHeader.BLOCK;
            endMarked = true;
            if (require(TarHeader.BLOCK) && !TarHeader.isZero(buffer, at)) {
                throw new TarException("The archive goes on after a block of zeros" + where());
            }
            return false;
        }
        if (!TarHeader.isHeader(buffer, at)) {
            throw new TarException("The archive holds something that is not a tar header" + where());
        }
        return true;
    }

    private byte[] extension(int header, String what) throws IOException {
        long length = TarHeader.size(buffer, header);
        if (length > MAXIMUM_EXTENSION) {
            throw new TarException("A " + what + " claims to have " + length + " bytes" + where());
        }
        contentLeft = length;
        padding = (int) (-length & TarHeader.BLOCK - 1);
        byte[] data = new byte[(int) length];
        int done = 0;
        while (done < data.length) {
            done += readContent(data, done, data.length - done);
        }
        skipContent();
        return data;
    }

    /** Makes so many bytes available at {@link #at}; false when the stream ends before. */
    private boolean require(int bytes) throws IOException {
        if (limit - at >= bytes) {
            return true;
        }
        System.arraycopy(buffer, at, buffer, 0, limit - at);
        limit -= at;
        at = 0;
        while (limit < bytes) {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
            taken += read;
        }
        return true;
    }

    private void setName(byte[] value) throws TarException {
        if (value.length > 0) {
            name = fit(name, value);
            nameLength = value.length;
        }
    }

    private void setLink(byte[] value) throws TarException {
        if (value.length > 0) {
            link = fit(link, value);
            linkLength = value.length;
        }
    }

    private byte[] fit(byte[] target, byte[] value) throws TarException {
        if (value.length > MAXIMUM_NAME) {
            throw new TarException("A name has " + value.length + " bytes" + where());
        }
        byte[] fitting = value.length > target.length ? new byte[value.length] : target;
        System.arraycopy(value, 0, fitting, 0, value.length);
        return fitting;
    }

    private static byte[] cString(byte[] data) {
        int length = 0;
        while (length < data.length && data[length] != 0) {
            length++;
        }
        return Arrays.copyOf(data, length);
    }

    private TarException cutOff() {
        String last = nameLength > 0 ? " after the header of '" + displayName() + "'" : "";
        return new TarException("The archive is cut off" + last + where());
    }

    private String where() {
        return " (near byte " + (taken - (limit - at)) + ").";
    }

    private final class Content extends InputStream {
        private final long offset = contentOffset;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            if (offset != contentOffset) {
                throw new IOException("The content of a tar entry was read after the next entry.");
            }
            return readContent(to, at, length);
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = Math.max(0, Math.min(bytes, contentLeft));
            long rest = contentLeft - skipped;
            int pad = padding;
            contentLeft = skipped;
            padding = 0;
            skipContent();
            contentLeft = rest;
            padding = pad;
            return skipped;
        }
    }
}
