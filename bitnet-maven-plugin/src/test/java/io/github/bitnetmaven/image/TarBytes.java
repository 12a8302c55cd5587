package io.github.bitnetmaven.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes tar archives block by block, also such as no sensible writer would: a field is what the test says. Everything
 * is returned for chaining.
 */
public final class TarBytes {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The fields of one header. */
    public static final class Header {
        private byte[] name;
        private char type = '0';
        private long size;
        private byte[] link = {};
        private int mode = 0644;
        private String magic = "ustar\00000";
        private String prefix = "";
        private boolean base256;
        private boolean signed;

        public Header(String name) {
            this(name.getBytes(StandardCharsets.UTF_8));
        }

        public Header(byte[] name) {
            this.name = name.clone();
        }

        public Header type(char newType) {
            type = newType;
            return this;
        }

        public Header size(long newSize) {
            size = newSize;
            return this;
        }

        public Header link(String target) {
            link = target.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        public Header mode(int newMode) {
            mode = newMode;
            return this;
        }

        /** {@code ustar\0} and the version, GNU's {@code "ustar  "}, or nothing for what came before POSIX. */
        public Header magic(String newMagic) {
            magic = newMagic;
            return this;
        }

        public Header prefix(String newPrefix) {
            prefix = newPrefix;
            return this;
        }

        /** Writes the size as GNU does from 8 GiB on. */
        public Header base256() {
            base256 = true;
            return this;
        }

        /** Sums signed bytes up, as writers before POSIX did where a {@code char} has a sign. */
        public Header signedChecksum() {
            signed = true;
            return this;
        }

        public byte[] bytes() {
            byte[] block = new byte[BLOCK];
            put(block, 0, 100, name);
            put(block, 100, 8, octal(mode, 7));
            put(block, 108, 8, octal(0, 7));
            put(block, 116, 8, octal(0, 7));
            if (base256) {
                block[124] = (byte) 0x80;
                for (int i = 0; i < 8; i++) {
                    block[128 + i] = (byte) (size >>> 56 - 8 * i);
                }
            } else {
                put(block, 124, 12, octal(size, 11));
            }
            put(block, 136, 12, octal(0, 11));
            block[156] = (byte) type;
            put(block, 157, 100, link);
            put(block, 257, 8, magic.getBytes(StandardCharsets.ISO_8859_1));
            put(block, 345, 155, prefix.getBytes(StandardCharsets.UTF_8));
            return checksummed(block, signed);
        }

        private static byte[] octal(long value, int digits) {
            String text = Long.toOctalString(value);
            return ("0".repeat(Math.max(0, digits - text.length())) + text).getBytes(StandardCharsets.US_ASCII);
        }

        private static void put(byte[] block, int at, int length, byte[] value) {
            if (value.length > length) {
                throw new IllegalArgumentException(value.length + " bytes in a field of " + length);
            }
            System.arraycopy(value, 0, block, at, value.length);
        }
    }

    /** Sets the checksum of a header. */
    public static byte[] checksummed(byte[] block) {
        return checksummed(block, false);
    }

    private static byte[] checksummed(byte[] block, boolean signed) {
        java.util.Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += signed ? b : b & 0xff;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, block, 148, 8);
        return block;
    }

    public TarBytes header(Header header) {
        return raw(header.bytes());
    }

    /** A header, its content, and the padding; the header's size is set. */
    public TarBytes entry(Header header, byte[] content) {
        return header(header.size(content.length)).content(content);
    }

    public TarBytes content(byte[] content) {
        raw(content);
        return raw(new byte[-content.length & BLOCK - 1]);
    }

    /** A PAX extended header ({@code x}) or a global one ({@code g}). */
    public TarBytes pax(char type, Map<String, String> records) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        records.forEach((key, value) -> data.writeBytes(record(key, value)));
        return entry(new Header("PaxHeaders/entry").type(type), data.toByteArray());
    }

    public TarBytes pax(char type, String key, String value) {
        return pax(type, new LinkedHashMap<>(Map.of(key, value)));
    }

    private static byte[] record(String key, String value) {
        byte[] rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        int length = rest.length + 1;
        while (String.valueOf(length).length() + rest.length > length) {
            length++;
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(String.valueOf(length).getBytes(StandardCharsets.US_ASCII));
        record.writeBytes(rest);
        return record.toByteArray();
    }

    /** GNU's long name ({@code L}) or long link target ({@code K}) of the next entry. */
    public TarBytes gnuLong(char type, String value) {
        return entry(
                new Header("././@LongLink").type(type).magic("ustar  "),
                (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    public TarBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Two blocks of zeros. */
    public TarBytes end() {
        return raw(new byte[2 * BLOCK]);
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    /** For lambdas that write to memory. */
    static byte[] unchecked(IoSupplier supplier) {
        try {
            return supplier.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    interface IoSupplier {
        byte[] get() throws IOException;
    }
}
