package io.github.bitnetmaven.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The bytes of a GGUF header, front to back, little-endian. Skipping does not read. */
final class GgufInput {
    private final Path file;
    private final FileChannel channel;
    private final long fileBytes;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    /** Position in the file of the buffer's limit. */
    private long bufferEnd;

    GgufInput(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.fileBytes = channel.size();
    }

    long position() {
        return bufferEnd - buffer.remaining();
    }

    /** The first bytes as Latin-1 characters, without taking them; fewer in a shorter file. */
    String peek(int bytes) throws IOException, ModelException {
        int n = (int) Math.min(bytes, fileBytes - position());
        fill(n, "start");
        return new String(buffer.array(), buffer.position(), n, StandardCharsets.ISO_8859_1);
    }

    int int32(String what) throws IOException, ModelException {
        fill(4, what);
        return buffer.getInt();
    }

    /** Negative for what would be 2^63 or more. */
    long int64(String what) throws IOException, ModelException {
        fill(8, what);
        return buffer.getLong();
    }

    long count(String what, int maximum) throws IOException, ModelException {
        long count = int64(what);
        if (count < 0 || count > maximum) {
            throw damaged("its " + what + " is " + Long.toUnsignedString(count) + "; no model has more than " + maximum);
        }
        return count;
    }

    /** A string; what is not UTF-8 or a control character in it becomes a question mark. */
    String text(String what, int maximumBytes) throws IOException, ModelException {
        long length = int64(what);
        if (length < 0 || length > maximumBytes) {
            throw damaged("its " + what + " is " + Long.toUnsignedString(length) + " bytes long; at most "
                    + maximumBytes + " are possible");
        }
        fill((int) length, what);
        String text = new String(buffer.array(), buffer.position(), (int) length, StandardCharsets.UTF_8);
        buffer.position(buffer.position() + (int) length);
        return text.replaceAll("[\\p{Cntrl}\uFFFD]", "?");
    }

    void requireLeft(long bytes, String what) throws ModelException {
        if (bytes < 0 || bytes > fileBytes - position()) {
            throw cutShort(what);
        }
    }

    void skip(long bytes, String what) throws IOException, ModelException {
        requireLeft(bytes, what);
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) bytes);
        } else {
            bufferEnd = position() + bytes;
            buffer.position(0).limit(0);
        }
    }

    ModelException damaged(String why) {
        return new ModelException("The model " + file + " is damaged: " + why + ". Fetch it again.");
    }

    private ModelException cutShort(String what) {
        return new ModelException("The model " + file + " is cut short or damaged: its " + fileBytes
                + " bytes end within the header (" + what + "). Fetch it again.");
    }

    /** Makes sure that so many bytes are in the buffer, which has to be large enough. */
    private void fill(int bytes, String what) throws IOException, ModelException {
        if (buffer.remaining() >= bytes) {
            return;
        }
        requireLeft(bytes, what);
        buffer.compact();
        while (buffer.position() < bytes) {
            int n = channel.read(buffer, bufferEnd);
            if (n < 0) {
                throw cutShort(what); // shortened while it is read
            }
            bufferEnd += n;
        }
        buffer.flip();
    }
}
