package io.github.bitnetmaven.image.layer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Paths as bytes: normalization, the two orders, and the way to text. */
public final class EntryPath {
    /** What Java puts in the place of bytes that are not UTF-8; a path may hold the character itself, too. */
    private static final char REPLACED = '\ufffd';

    private EntryPath() {}

    /**
     * Normalizes what an archive calls a path: no leading or trailing slash, no empty or {@code .} component;
     * {@code ..} takes away the component before it and never leaves the root.
     *
     * @param to of at least {@code length} bytes, may be the source itself
     * @return the length of the result; 0 for the root
     */
    public static int normalize(byte[] from, int length, byte[] to) {
        int written = 0;
        int at = 0;
        while (at < length) {
            int end = at;
            while (end < length && from[end] != '/') {
                end++;
            }
            int size = end - at;
            if (size == 2 && from[at] == '.' && from[at + 1] == '.') {
                written = Math.max(0, parentLength(to, 0, written));
            } else if (size > 1 || size == 1 && from[at] != '.') {
                if (written > 0) {
                    to[written++] = '/';
                }
                System.arraycopy(from, at, to, written, size);
                written += size;
            }
            at = end + 1;
        }
        return written;
    }

    /** Length of the part before the last slash; -1 when there is no slash. */
    static int parentLength(byte[] path, int at, int length) {
        int i = length - 1;
        while (i >= 0 && path[at + i] != '/') {
            i--;
        }
        return i;
    }

    /** The order in which a directory is followed by all that is in it: bytewise, with the slash before all others. */
    static int compareTree(byte[] a, int aAt, int aLength, byte[] b, int bAt, int bLength) {
        int i = Arrays.mismatch(a, aAt, aAt + aLength, b, bAt, bAt + bLength);
        if (i < 0 || i == aLength || i == bLength) {
            return aLength - bLength;
        }
        return rank(a[aAt + i]) - rank(b[bAt + i]);
    }

    private static int rank(byte b) {
        return b == '/' ? 0 : b & 0xff;
    }

    /** Whether a path lies in the directory, at any depth. The root (length 0) holds everything but itself. */
    static boolean isWithin(byte[] path, int at, int length, byte[] directory, int directoryAt, int directoryLength) {
        if (length <= directoryLength) {
            return false;
        }
        return directoryLength == 0
                || path[at + directoryLength] == '/'
                        && Arrays.equals(
                                path, at, at + directoryLength, directory, directoryAt, directoryAt + directoryLength);
    }

    /** UTF-8; bytes that are not are written as {@code \xNN}, so that different paths stay different. */
    public static String text(byte[] bytes, int at, int length) {
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACED) < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
        } catch (CharacterCodingException e) {
            StringBuilder escaped = new StringBuilder();
            for (int i = at; i < at + length; i++) {
                if (bytes[i] >= 0) {
                    escaped.append((char) bytes[i]);
                } else {
                    escaped.append(String.format("\\x%02x", bytes[i] & 0xff));
                }
            }
            return escaped.toString();
        }
    }
}
