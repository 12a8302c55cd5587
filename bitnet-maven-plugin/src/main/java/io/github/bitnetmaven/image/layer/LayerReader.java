package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.file.Sha256;
import io.github.bitnetmaven.image.ContentObserver;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.tar.TarException;
import io.github.bitnetmaven.image.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a layer's uncompressed tar into a table. Contents are read only where digests or observers want them. */
public final class LayerReader {
    private final boolean contentDigests;
    private final List<ContentObserver> observers;
    private final List<ContentObserver> skimming;
    private byte[] path = new byte[512];
    private byte[] target = new byte[512];
    private final byte[] drain;

    public LayerReader(boolean contentDigests, List<ContentObserver> observers) {
        this.contentDigests = contentDigests;
        this.observers = List.copyOf(observers);
        this.skimming = observers.stream()
                .map(ContentObserver::whereContentsCanBeSkipped)
                .toList();
        this.drain = new byte[contentDigests ? 1 << 16 : 0];
    }

    /**
     * Reads the layer up to its last entry, not what follows the end mark.
     *
     * @param provenWhole whether a digest proves the stream whole, which then may lack its end mark; else contents are
     *     skipped where nobody wants them
     */
    public LayerTable read(TarReader tar, boolean provenWhole) throws IOException, ImageException {
        LayerTableBuilder table = new LayerTableBuilder();
        List<ContentObserver> asked = provenWhole ? observers : skimming;
        while (tar.next()) {
            read(tar, table, asked);
        }
        if (!tar.isEndMarked() && !provenWhole) {
            throw new TarException("The layer ends without an end mark, so it may be cut off; "
                    + "its digest can tell: set bitnet.verifyDigests=true.");
        }
        return table.build();
    }

    private void read(TarReader tar, LayerTableBuilder table, List<ContentObserver> asked)
            throws IOException, ImageException {
        path = room(path, tar.nameLength());
        int length = EntryPath.normalize(tar.name(), tar.nameLength(), path);
        if (length > 0) {
            add(table, tar, length, asked);
        } else if (!tar.isDirectory()) {
            throw new TarException("The entry '" + tar.displayName() + "' takes the place of the root.");
        }
    }

    private void add(LayerTableBuilder table, TarReader tar, int length, List<ContentObserver> asked)
            throws IOException, ImageException {
        int name = EntryPath.parentLength(path, 0, length) + 1;
        if (Whiteouts.isMetadata(path, 0, length)) {
            if (tar.isFile()) {
                addFile(table, tar, length, asked);
                table.hide();
            }
        } else if (Whiteouts.isOpaque(path, name, length - name)) {
            table.add(EntryType.OPAQUE, path, Math.max(0, name - 1), 0, 0);
        } else if (Whiteouts.isWhiteout(path, name, length - name)) {
            int removed = length - Whiteouts.PREFIX.length;
            System.arraycopy(path, name + Whiteouts.PREFIX.length, path, name, removed - name);
            if (EntryPath.normalize(path, removed, path) != removed || removed == name) {
                throw new TarException("The whiteout '" + tar.displayName() + "' does not name what it removes.");
            }
            table.add(EntryType.WHITEOUT, path, removed, 0, 0);
        } else if (tar.isFile()) {
            addFile(table, tar, length, asked);
        } else if (tar.isDirectory()) {
            table.add(EntryType.DIRECTORY, path, length, 0, tar.mode());
        } else if (tar.isSymbolicLink()) {
            table.addLink(EntryType.SYMLINK, path, length, tar.link(), tar.linkLength(), tar.mode());
        } else if (tar.isHardLink()) {
            target = room(target, tar.linkLength());
            int targetLength = EntryPath.normalize(tar.link(), tar.linkLength(), target);
            table.addLink(EntryType.HARDLINK, path, length, target, targetLength, tar.mode());
        } else {
            table.add(EntryType.SPECIAL, path, length, 0, tar.mode());
        }
    }

    private void addFile(LayerTableBuilder table, TarReader tar, int length, List<ContentObserver> asked)
            throws IOException, ImageException {
        ContentObserver observer = null;
        String text = "";
        if (!asked.isEmpty() && !tar.isSparse()) {
            text = EntryPath.text(path, 0, length);
            observer = interested(asked, text, tar.size(), tar.mode());
        }
        boolean digested = contentDigests && !tar.isSparse();
        if (observer == null && !digested) {
            table.add(EntryType.FILE, path, length, tar.size(), tar.mode());
            return;
        }
        MessageDigest digest = Sha256.create();
        long bytes = tar.size();
        InputStream content = digested ? new DigestInputStream(tar.content(), digest) : tar.content();
        String fact = observer == null ? null : observer.observe(text, bytes, tar.mode(), content);
        while (digested && content.read(drain) >= 0) {
            // The rest is only hashed.
        }
        if (digested) {
            table.addFile(path, length, bytes, tar.mode(), digest.digest());
        } else {
            table.add(EntryType.FILE, path, length, bytes, tar.mode());
        }
        if (observer != null && fact != null) {
            table.addFact(observer.id(), fact);
        }
    }

    private static @Nullable ContentObserver interested(
            List<ContentObserver> asked, String text, long bytes, int mode) {
        for (ContentObserver observer : asked) {
            if (observer.wants(text, bytes, mode)) {
                return observer;
            }
        }
        return null;
    }

    private static byte[] room(byte[] array, int bytes) {
        return array.length >= bytes ? array : new byte[bytes];
    }
}
