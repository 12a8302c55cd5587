package io.github.bitnetmaven.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What has come of a download so far, with the entity tag of its server's version beside it. */
final class PartFile {
    private final Path file;
    private final Path tag;

    PartFile(Path file) {
        this.file = file;
        this.tag = file.resolveSibling(file.getFileName() + ".etag");
    }

    Path file() {
        return file;
    }

    long bytes() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** As the server sent it; empty when it sent none. */
    String entityTag() throws ModelException {
        try {
            return Files.exists(tag) ? Files.readString(tag).strip() : "";
        } catch (IOException e) {
            throw new ModelException("The file " + tag + " cannot be read: " + e.getMessage() + ". Remove it.", e);
        }
    }

    /** Begins anew with another version of the file. */
    void restart(String entityTag) throws IOException {
        Files.write(file, new byte[0]);
        Files.writeString(tag, entityTag);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(tag);
    }

    /** Takes away what is beside a part that was moved to its place. */
    void forgetTag() throws IOException {
        Files.deleteIfExists(tag);
    }
}
