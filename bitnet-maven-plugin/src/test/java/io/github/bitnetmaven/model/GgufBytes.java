package io.github.bitnetmaven.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes GGUF files for tests, good and bad ones. */
final class GgufBytes {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private int version = 3;
    private long entryCount;
    private long tensorCount;

    /** A whole small model: one F32 tensor of 256 bytes. */
    static byte[] model(int fileType) {
        return new GgufBytes()
                .text("general.architecture", "bitnet-b1.58")
                .text("general.name", "tiny")
                .number("general.file_type", fileType)
                .tensor("output.weight", 0, 0, 64)
                .withData(256);
    }

    GgufBytes version(int value) {
        version = value;
        return this;
    }

    GgufBytes claimEntries(long count) {
        entryCount = count;
        return this;
    }

    GgufBytes claimTensors(long count) {
        tensorCount = count;
        return this;
    }

    GgufBytes text(String key, String value) {
        return entry(key, 8).append(entries, string(value));
    }

    GgufBytes number(String key, int value) {
        return entry(key, 4).append(entries, int32(value));
    }

    /** Starts an entry whose value is given as raw bytes. */
    GgufBytes raw(String key, int type, byte[]... value) {
        entry(key, type);
        for (byte[] part : value) {
            append(entries, part);
        }
        return this;
    }

    GgufBytes tensor(String name, int type, long offset, long... dimensions) {
        tensorCount++;
        append(tensors, string(name)).append(tensors, int32(dimensions.length));
        for (long dimension : dimensions) {
            append(tensors, int64(dimension));
        }
        return append(tensors, int32(type)).append(tensors, int64(offset));
    }

    /** The header, filled up to a multiple of 32, and so many bytes of tensors. */
    byte[] withData(int bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        append(out, "GGUF".getBytes(StandardCharsets.US_ASCII)).append(out, int32(version));
        append(out, int64(tensorCount)).append(out, int64(entryCount));
        append(out, entries.toByteArray()).append(out, tensors.toByteArray());
        return append(out, new byte[(32 - out.size() % 32) % 32 + bytes]).done(out);
    }

    static byte[] int32(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    static byte[] int64(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .put(bytes)
                .array();
    }

    private GgufBytes entry(String key, int type) {
        entryCount++;
        return append(entries, string(key)).append(entries, int32(type));
    }

    private GgufBytes append(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private byte[] done(ByteArrayOutputStream out) {
        return out.toByteArray();
    }
}
