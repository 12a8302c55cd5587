package io.github.bitnetmaven.image.tar;

/**
 * The fixed fields of a 512-byte header block (POSIX.1-1988 ustar, GNU tar's {@code tar.h}), read in place from a larger
 * buffer.
 */
final class TarHeader {
    static final int BLOCK = 512;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 100;
    private static final int MODE = 100;
    private static final int SIZE = 124;
    private static final int CHECKSUM = 148;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;
    /** In star's variant the prefix is shorter and this trailer stands at the end of the block. */
    private static final int STAR_TRAILER = 508;

    private static final int STAR_PREFIX_LENGTH = 131;
    private static final int GNU_EXTENDED = 482;
    private static final int GNU_REAL_SIZE = 483;

    private TarHeader() {}

    static boolean isZero(byte[] block, int at) {
        for (int i = at; i < at + BLOCK; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the checksum fits; old writers summed signed bytes. */
    static boolean isHeader(byte[] block, int at) {
        // The field itself counts as eight spaces.
        int unsigned = 8 * ' ';
        for (int i = at; i < at + BLOCK; i++) {
            unsigned += block[i] & 0xff;
        }
        for (int i = at + CHECKSUM; i < at + CHECKSUM + 8; i++) {
            unsigned -= block[i] & 0xff;
        }
        long stored;
        try {
            stored = number(block, at + CHECKSUM, 8);
        } catch (TarException e) {
            return false;
        }
        return stored == unsigned || stored == unsigned - 256L * negative(block, at);
    }

    /** How many bytes of the block are negative, without those of the checksum. */
    private static int negative(byte[] block, int at) {
        int negative = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean counts = i < CHECKSUM || i >= CHECKSUM + 8;
            negative += counts && block[at + i] < 0 ? 1 : 0;
        }
        return negative;
    }

    static char type(byte[] block, int at) {
        return (char) (block[at + TYPE] & 0xff);
    }

    static long size(byte[] block, int at) throws TarException {
        return number(block, at + SIZE, 12);
    }

    static int mode(byte[] block, int at) throws TarException {
        return (int) (number(block, at + MODE, 8) & 07777);
    }

    /** Writes the name, with ustar's prefix before it, and returns its length. */
    static int name(byte[] block, int at, byte[] to) {
        int length = 0;
        if (matches(block, at + MAGIC, "ustar\0")) {
            boolean star = matches(block, at + STAR_TRAILER, "tar\0");
            length = copy(block, at + PREFIX, star ? STAR_PREFIX_LENGTH : PREFIX_LENGTH, to, 0);
            if (length > 0) {
                to[length++] = '/';
            }
        }
        return length + copy(block, at + NAME, NAME_LENGTH, to, length);
    }

    static int link(byte[] block, int at, byte[] to) {
        return copy(block, at + LINK, NAME_LENGTH, to, 0);
    }

    /** Logical size of a file of the old GNU sparse type. */
    static long sparseSize(byte[] block, int at) throws TarException {
        return number(block, at + GNU_REAL_SIZE, 12);
    }

    /** Whether blocks with more of the sparse map follow this header. */
    static boolean sparseContinues(byte[] block, int at) {
        return block[at + GNU_EXTENDED] != 0;
    }

    /** Whether one more block follows this block of a sparse map. */
    static boolean sparseMapContinues(byte[] block, int at) {
        return block[at + 504] != 0;
    }

    /** Octal digits between blanks, or GNU's base 256. */
    static long number(byte[] block, int at, int length) throws TarException {
        int first = block[at] & 0xff;
        return (first & 0x80) != 0 ? base256(block, at, length) : octal(block, at, length);
    }

    private static long base256(byte[] block, int at, int length) throws TarException {
        if ((block[at] & 0x40) != 0) {
            throw new TarException("A header field holds a negative number.");
        }
        long value = block[at] & 0x3f;
        for (int i = 1; i < length; i++) {
            if (value >>> 55 != 0) {
                throw new TarException("A header field holds a number of more than 63 bits.");
            }
            value = value << 8 | block[at + i] & 0xff;
        }
        return value;
    }

    private static long octal(byte[] block, int at, int length) throws TarException {
        int i = at;
        int end = at + length;
        while (i < end && (block[i] == ' ' || block[i] == 0)) {
            i++;
        }
        long value = 0;
        while (i < end && block[i] >= '0' && block[i] <= '7') {
            value = value << 3 | block[i++] - '0';
        }
        while (i < end) {
            if (block[i] != ' ' && block[i] != 0) {
                throw new TarException("A header field that should hold an octal number holds something else.");
            }
            i++;
        }
        return value;
    }

    private static boolean matches(byte[] block, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (block[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Copies up to the first NUL. */
    private static int copy(byte[] from, int at, int maximum, byte[] to, int toAt) {
        int length = 0;
        while (length < maximum && from[at + length] != 0) {
            length++;
        }
        System.arraycopy(from, at, to, toAt, length);
        return length;
    }
}
