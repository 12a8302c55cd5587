package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.ImageException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A table as a file: a row for each entry, the facts, and a SHA-256 of all that at the end. */
public final class LayerTableFile {
    /** Of the format; another one is another file name. */
    public static final int VERSION = 1;

    private static final int MAGIC = 0x424e4c00 | VERSION;
    private static final int DIGEST_BYTES = 32;
    private static final int MAXIMUM_ENTRIES = 1 << 27;
    private static final int BUFFER = 1 << 16;

    private LayerTableFile() {}

    /** Writes the table; the stream stays open. */
    public static void write(LayerTable table, OutputStream out) throws IOException {
        MessageDigest digest = Sha256.create();
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        DataOutputStream data = new DataOutputStream(new DigestOutputStream(buffered, digest));
        data.writeInt(MAGIC);
        data.writeInt(table.size());
        for (int entry = 0; entry < table.size(); entry++) {
            table.write(entry, data);
        }
        data.writeInt(table.facts().size());
        for (Map.Entry<String, Map<Integer, String>> ofObserver : table.facts().entrySet()) {
            data.writeUTF(ofObserver.getKey());
            data.writeInt(ofObserver.getValue().size());
            for (Map.Entry<Integer, String> fact : ofObserver.getValue().entrySet()) {
                byte[] text = fact.getValue().getBytes(StandardCharsets.UTF_8);
                data.writeInt(fact.getKey());
                data.writeInt(text.length);
                data.write(text);
            }
        }
        data.flush();
        buffered.write(digest.digest());
        buffered.flush();
    }

    /** @throws IOException when the file is not whole, or none of these */
    public static LayerTable read(InputStream in) throws IOException, ImageException {
        MessageDigest digest = Sha256.create();
        InputStream buffered = new BufferedInputStream(in, BUFFER);
        DataInputStream data = new DataInputStream(new DigestInputStream(buffered, digest));
        if (data.readInt() != MAGIC) {
            throw new IOException("no table of a layer");
        }
        int size = count(data, MAXIMUM_ENTRIES);
        ByteArena arena = new ByteArena();
        int[] addresses = new int[size];
        char[] lengths = new char[size];
        byte[] types = new byte[size];
        char[] modes = new char[size];
        long[] values = new long[size];
        for (int entry = 0; entry < size; entry++) {
            types[entry] = data.readByte();
            if ((types[entry] & ~LayerTable.DIGEST_FLAG) >= EntryType.values().length || types[entry] < 0) {
                throw new IOException("an entry of no type");
            }
            modes[entry] = data.readChar();
            values[entry] = data.readLong();
            lengths[entry] = data.readChar();
            byte[] bytes = data.readNBytes(count(data, ByteArena.MAXIMUM));
            if (bytes.length < lengths[entry]) {
                throw new IOException("an entry without a name");
            }
            addresses[entry] = arena.reserve(bytes.length);
            arena.put(addresses[entry], bytes, 0, bytes.length);
        }
        Map<String, Map<Integer, String>> facts = new TreeMap<>();
        for (int observers = count(data, 1 << 10); observers > 0; observers--) {
            Map<Integer, String> ofObserver = new TreeMap<>();
            facts.put(data.readUTF(), ofObserver);
            for (int count = count(data, size); count > 0; count--) {
                int entry = data.readInt();
                ofObserver.put(entry, new String(data.readNBytes(count(data, Integer.MAX_VALUE)), StandardCharsets.UTF_8));
            }
        }
        if (!Arrays.equals(digest.digest(), buffered.readNBytes(DIGEST_BYTES)) || buffered.read() >= 0) {
            throw new IOException("not what was written");
        }
        arena.trim();
        return new LayerTable(new LayerTable.Columns(arena, addresses, lengths, types, modes, values, size), facts);
    }

    private static int count(DataInputStream data, int maximum) throws IOException {
        int count = data.readInt();
        if (count < 0 || count > maximum) {
            throw new IOException("a count of " + count);
        }
        return count;
    }
}
