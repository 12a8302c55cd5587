package io.github.bitnetmaven.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the header of a GGUF file (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md), versions 2 and 3,
 * little-endian. The file is hostile until read: nothing is allocated by a size that it claims.
 */
public final class GgufReader {
    private static final int MAX_ENTRIES = 65_536;
    private static final int MAX_TENSORS = 1_000_000;
    private static final int MAX_KEY_BYTES = 65_535;
    private static final int MAX_TEXT_BYTES = 1_000;
    private static final int MAX_DIMENSIONS = 4;
    private static final int MAX_NESTING = 4;
    private static final int MAX_ALIGNMENT = 1 << 20;

    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    /** Bytes of a metadata value by its type; 0 where they vary. */
    private static final int[] VALUE_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private final GgufInput in;
    private String architecture = "";
    private String name = "";
    private long fileType = -1;
    private long alignment = 32;

    private GgufReader(GgufInput in) {
        this.in = in;
    }

    /**
     * Reads the header, and makes sure that the file is long enough for all tensors of it.
     *
     * @throws ModelException when the file is not there, not readable, not a GGUF, damaged or cut short
     */
    public static GgufHeader read(Path file) throws ModelException {
        if (!Files.exists(file)) {
            throw new ModelException("There is no model file " + file + ".");
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelException("The model " + file + " is not a file"
                    + (Files.isDirectory(file) ? " but a directory: name the GGUF file in it." : "."));
        }
        try (FileChannel channel = FileChannel.open(file)) {
            GgufHeader header = new GgufReader(new GgufInput(file, channel)).readHeader(file, channel.size());
            if (header.requiredBytes() > channel.size()) {
                throw new ModelException("The model " + file + " is cut short: its header lists "
                        + header.requiredBytes() + " bytes, but the file has " + channel.size()
                        + ". Its download or copy was not finished; fetch it again.");
            }
            return header;
        } catch (AccessDeniedException e) {
            throw new ModelException(
                    "The model " + file + " cannot be read: permission denied. Make it readable (chmod a+r).", e);
        } catch (IOException e) {
            throw new ModelException("The model " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private GgufHeader readHeader(Path file, long fileBytes) throws IOException, ModelException {
        requireMagic(file, fileBytes);
        int version = in.int32("version");
        if (version != 2 && version != 3) {
            boolean swapped = Integer.reverseBytes(version) == 2 || Integer.reverseBytes(version) == 3;
            throw new ModelException("The model " + file
                    + (swapped
                            ? " is a big-endian GGUF file, which no machine supported here can load."
                            : " is a GGUF file of version " + Integer.toUnsignedLong(version)
                                    + "; only versions 2 and 3 can be read.")
                    + " Convert the model anew with BitNet's own scripts.");
        }
        long tensors = in.count("number of tensors", MAX_TENSORS);
        long entries = in.count("number of metadata entries", MAX_ENTRIES);
        for (long i = 0; i < entries; i++) {
            readEntry();
        }
        long dataBytes = 0;
        for (long i = 0; i < tensors; i++) {
            dataBytes = Math.max(dataBytes, readTensorEnd());
        }
        return new GgufHeader(version, architecture, name, fileType, tensors, requiredBytes(tensors, dataBytes));
    }

    private long requiredBytes(long tensors, long dataBytes) throws ModelException {
        if (tensors == 0) {
            return in.position();
        }
        try {
            long dataStart = (in.position() + alignment - 1) / alignment * alignment;
            return Math.addExact(dataStart, dataBytes);
        } catch (ArithmeticException e) {
            throw in.damaged("its tensors are larger than any file");
        }
    }

    private void requireMagic(Path file, long fileBytes) throws IOException, ModelException {
        if (fileBytes == 0) {
            throw new ModelException("The model " + file + " is empty. Fetch it again.");
        }
        String start = in.peek(64);
        if (start.startsWith("GGUF")) {
            in.int32("magic");
            return;
        }
        String hint = " It has to begin with the letters GGUF.";
        if (start.startsWith("version https://git-lfs")) {
            hint = " It is a Git LFS pointer; fetch the content it stands for with: git lfs pull.";
        } else if (start.stripLeading().startsWith("<")) {
            hint = " It looks like a web page, perhaps of an error or a login; check the address it came from.";
        } else if (start.startsWith("PK") || start.startsWith("\u001f\u008b")) {
            hint = " It looks like an archive; unpack it first.";
        }
        throw new ModelException("The model " + file + " is not a GGUF file." + hint);
    }

    private void readEntry() throws IOException, ModelException {
        String key = in.text("metadata key", MAX_KEY_BYTES);
        int type = in.int32("type of " + key);
        switch (key) {
            case "general.architecture" -> architecture = text(key, type);
            case "general.name" -> name = text(key, type);
            case "general.file_type" -> fileType = unsigned(key, type);
            case "general.alignment" -> {
                alignment = unsigned(key, type);
                if (alignment == 0 || alignment > MAX_ALIGNMENT || Long.bitCount(alignment) != 1) {
                    throw in.damaged("its alignment is " + alignment + ", which is not a power of two up to "
                            + MAX_ALIGNMENT);
                }
            }
            default -> skipValue(key, type, 0);
        }
    }

    private String text(String key, int type) throws IOException, ModelException {
        if (type != STRING) {
            throw in.damaged(key + " is not a string");
        }
        return in.text(key, MAX_TEXT_BYTES);
    }

    private long unsigned(String key, int type) throws IOException, ModelException {
        if (type != UINT32 && type != INT32) {
            throw in.damaged(key + " is not a number of 32 bits");
        }
        return Integer.toUnsignedLong(in.int32(key));
    }

    private void skipValue(String key, int type, int nesting) throws IOException, ModelException {
        if (type < 0 || type >= VALUE_BYTES.length) {
            throw in.damaged(key + " has the unknown type " + Integer.toUnsignedLong(type));
        }
        if (type == STRING) {
            in.skip(in.int64(key), key);
        } else if (type == ARRAY) {
            skipArray(key, nesting);
        } else {
            in.skip(VALUE_BYTES[type], key);
        }
    }

    private void skipArray(String key, int nesting) throws IOException, ModelException {
        if (nesting == MAX_NESTING) {
            throw in.damaged(key + " has arrays in arrays, more than " + MAX_NESTING + " deep");
        }
        int type = in.int32(key);
        long elements = in.int64(key);
        if (type >= 0 && type < VALUE_BYTES.length && VALUE_BYTES[type] > 0) {
            // Checked before the multiplication: each element takes a byte or more.
            in.requireLeft(elements, key);
            in.skip(elements * VALUE_BYTES[type], key);
            return;
        }
        // A string or an array takes 8 bytes or more, so that the file's end bounds the loop.
        in.requireLeft(elements, key);
        for (long i = 0; i < elements; i++) {
            skipValue(key, type, nesting + 1);
        }
    }

    /** Reads one tensor's entry and returns where it ends, counted from the start of the tensors' data. */
    private long readTensorEnd() throws IOException, ModelException {
        String tensor = in.text("name of a tensor", MAX_TEXT_BYTES);
        int count = in.int32("shape of tensor " + tensor);
        if (count < 0 || count > MAX_DIMENSIONS) {
            throw in.damaged("tensor " + tensor + " has " + Integer.toUnsignedLong(count)
                    + " dimensions; at most " + MAX_DIMENSIONS + " are possible");
        }
        long[] dimensions = new long[count];
        for (int i = 0; i < count; i++) {
            dimensions[i] = in.int64("shape of tensor " + tensor);
            if (dimensions[i] < 0) {
                throw in.damaged("tensor " + tensor + " is larger than any file");
            }
        }
        int type = in.int32("type of tensor " + tensor);
        long offset = in.int64("offset of tensor " + tensor);
        try {
            long end = Math.addExact(offset, GgmlType.bytes(type, dimensions));
            if (offset >= 0) {
                return end;
            }
        } catch (ArithmeticException e) {
            // Said below.
        }
        throw in.damaged("tensor " + tensor + " is larger than any file");
    }
}
