package io.github.bitnetmaven.model;

import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * The build context of a model image as a tar stream (POSIX ustar), the same bytes for the same model: times are 0,
 * owner is root.
 */
final class ModelContext implements Engine.ContextWriter {
    private static final int BLOCK = 512;
    private static final int BUFFER_BYTES = 1 << 20;
    /** The largest size that eleven octal digits can tell. */
    private static final long MAX_OCTAL = 0_77777777777L;

    private final String dockerfile;
    private final ModelFile model;
    private final String path;
    private final Progress.Task task;

    /** @param path of the model in the image, absolute */
    ModelContext(String dockerfile, ModelFile model, String path, Progress.Task task) {
        this.dockerfile = dockerfile;
        this.model = model;
        this.path = path;
        this.task = task;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] text = dockerfile.getBytes(StandardCharsets.UTF_8);
        out.write(header("Dockerfile", '0', text.length));
        out.write(text);
        pad(out, text.length);
        String root = "rootfs";
        out.write(header(root + "/", '5', 0));
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            out.write(header(root + path.substring(0, slash + 1), '5', 0));
        }
        out.write(header(root + path, '0', model.bytes()));
        copyModel(out);
        pad(out, model.bytes());
        out.write(new byte[2 * BLOCK]);
    }

    /** The digest is taken of what is sent: a file that changed since it was verified is not built into an image. */
    private void copyModel(OutputStream out) throws IOException {
        MessageDigest digest = Sha256.create();
        byte[] buffer = new byte[BUFFER_BYTES];
        long done = 0;
        try (InputStream in = Files.newInputStream(model.file())) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                done += n;
                if (done > model.bytes()) {
                    break;
                }
                out.write(buffer, 0, n);
                digest.update(buffer, 0, n);
                task.at(done);
            }
        }
        if (done != model.bytes() || !FileDigests.hex(digest.digest()).equals(model.sha256())) {
            throw new IOException("the model " + model.file() + " was changed while it was sent. Build again.");
        }
    }

    private static void pad(OutputStream out, long bytes) throws IOException {
        out.write(new byte[(int) ((BLOCK - bytes % BLOCK) % BLOCK)]);
    }

    private static byte[] header(String name, char type, long bytes) {
        byte[] header = new byte[BLOCK];
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        if (ascii.length > 100) {
            throw new IllegalArgumentException("The name is too long for a ustar header: " + name);
        }
        System.arraycopy(ascii, 0, header, 0, ascii.length);
        octal(header, 100, 8, type == '5' ? 0_755 : 0_644);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        size(header, bytes);
        octal(header, 136, 12, 0);
        header[156] = (byte) type;
        put(header, 257, "ustar\0" + "00");
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        return header;
    }

    /** Above 8 GiB in base 256, as GNU tar does. */
    private static void size(byte[] header, long bytes) {
        if (bytes <= MAX_OCTAL) {
            octal(header, 124, 12, bytes);
            return;
        }
        header[124] = (byte) 0x80;
        for (int i = 0; i < 8; i++) {
            header[135 - i] = (byte) (bytes >>> 8 * i);
        }
    }

    /** Right-aligned octal digits and a NUL in a field of so many bytes. */
    private static void octal(byte[] header, int offset, int field, long value) {
        put(header, offset, String.format(Locale.ROOT, "%0" + (field - 1) + "o\0", value));
    }

    private static void put(byte[] header, int offset, String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
