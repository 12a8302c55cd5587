package io.github.bitnetmaven.backend;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The backend's source as one file of the build context: same source, same bytes. */
public final class SourceArchive {
    /** One second after the epoch: some tools take 0 for "not known". */
    private static final long MODIFIED_MILLIS = 1000;

    private SourceArchive() {}

    /** Writes {@code backend.tar.gz}, by way of a temporary sibling. */
    public static void write(SourceTree tree, Path archive) throws BackendException {
        Path unfinished = archive.resolveSibling(archive.getFileName() + ".part");
        try {
            Files.createDirectories(archive.getParent());
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                writeTo(tree, out);
            }
            Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new BackendException("The source archive " + archive + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void writeTo(SourceTree tree, OutputStream out) throws IOException {
        try (OutputStream gzip = new GZIPOutputStream(out, 1 << 16);
                OutputStream buffer = new BufferedOutputStream(gzip, 1 << 18);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(buffer, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (SourceFile file : tree.files()) {
                add(file, tar);
            }
        }
    }

    private static void add(SourceFile file, TarArchiveOutputStream tar) throws IOException {
        TarArchiveEntry entry = file.target() == null
                ? new TarArchiveEntry(file.path())
                : new TarArchiveEntry(file.path(), TarConstants.LF_SYMLINK);
        entry.setModTime(MODIFIED_MILLIS);
        entry.setMode(file.executable() ? 0755 : 0644);
        if (file.target() != null) {
            entry.setMode(0777);
            entry.setLinkName(file.target());
        }
        entry.setSize(file.bytes());
        tar.putArchiveEntry(entry);
        if (file.target() == null) {
            Files.copy(file.file(), tar);
        }
        tar.closeArchiveEntry();
    }
}
