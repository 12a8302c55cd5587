package io.github.bitnetmaven.image;

import io.github.bitnetmaven.image.TarBytes.Header;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Builds the tar of a layer, entry by entry, in the order in which the methods are called. */
public final class LayerBuilder {
    private final TarBytes tar = new TarBytes();
    private final String createdBy;

    public LayerBuilder() {
        this("");
    }

    /**
     * @param createdBy the instruction in the image's history
     */
    public LayerBuilder(String createdBy) {
        this.createdBy = createdBy;
    }

    /** A file of so many bytes, which differ from path to path and do not compress. */
    public LayerBuilder file(String path, int bytes) {
        byte[] content = new byte[bytes];
        new Random(path.hashCode()).nextBytes(content);
        return file(path, content, 0644);
    }

    public LayerBuilder file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8), 0644);
    }

    public LayerBuilder file(String path, byte[] content, int mode) {
        return named(path, new Header(shortName(path)).mode(mode), content);
    }

    public LayerBuilder directory(String path) {
        return named(path + "/", new Header(shortName(path + "/")).type('5').mode(0755), new byte[0]);
    }

    public LayerBuilder symbolicLink(String path, String target) {
        return named(path, new Header(shortName(path)).type('2').link(target).mode(0777), new byte[0]);
    }

    public LayerBuilder hardLink(String path, String target) {
        return named(path, new Header(shortName(path)).type('1').link(target), new byte[0]);
    }

    public LayerBuilder fifo(String path) {
        return named(path, new Header(shortName(path)).type('6'), new byte[0]);
    }

    /** Removes a path of the layers below. */
    public LayerBuilder whiteout(String path) {
        int name = path.lastIndexOf('/') + 1;
        return file(path.substring(0, name) + ".wh." + path.substring(name), new byte[0], 0);
    }

    /** Hides what the layers below have in a directory. */
    public LayerBuilder opaque(String directory) {
        return file((directory.isEmpty() ? "" : directory + "/") + ".wh..wh..opq", new byte[0], 0);
    }

    /** For entries that need more than a name: {@link TarBytes} has the rest. */
    public TarBytes tar() {
        return tar;
    }

    private static String shortName(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= 100 ? path : "long";
    }

    private LayerBuilder named(String path, Header header, byte[] content) {
        if (path.getBytes(StandardCharsets.UTF_8).length > 100) {
            tar.pax('x', "path", path);
        }
        tar.entry(header, content);
        return this;
    }

    public String createdBy() {
        return createdBy;
    }

    /** The uncompressed layer. */
    public byte[] bytes() {
        return new TarBytes().raw(tar.bytes()).end().bytes();
    }
}
