package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.layer.EntryPath;
import io.github.bitnetmaven.image.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Members of an archive that goes by once. What a member is for is told by metadata that may come last; so short JSON is
 * kept, and everything else is read as a layer, which matters only when the metadata says that it is one.
 */
final class StreamMembers implements Members {
    private static final int HEAD = 512;
    private static final int MAXIMUM_MEMBERS = 1 << 16;
    /** Of all JSON together. */
    private static final long MAXIMUM_KEPT = 64L << 20;

    private final Map<String, Member> members = new HashMap<>();
    private final MemberLinks links = new MemberLinks();
    private final BlobReader reader;
    private long kept;

    /** One of the three. */
    private record Member(byte[] json, @Nullable LayerBlob layer, @Nullable ImageException failure) {}

    private StreamMembers(ReadOptions options) {
        this.reader = new BlobReader(options);
    }

    /**
     * Reads an archive to its end.
     *
     * @param archive uncompressed
     * @param progress is told how many bytes have gone by
     * @param mend what to do about an archive that is cut off, a sentence
     */
    static StreamMembers read(InputStream archive, ReadOptions options, LongConsumer progress, String mend)
            throws IOException, ImageException {
        StreamMembers members = new StreamMembers(options);
        members.readAll(new TarReader(archive, 1 << 18), progress, mend);
        return members;
    }

    private void readAll(TarReader tar, LongConsumer progress, String mend) throws IOException, ImageException {
        while (tar.next()) {
            progress.accept(tar.contentOffset());
            String path = MemberLinks.normalize(EntryPath.text(tar.name(), 0, tar.nameLength()));
            String target = EntryPath.text(tar.link(), 0, tar.linkLength());
            members.remove(path);
            links.remove(path);
            if (tar.isSymbolicLink()) {
                links.addSymbolic(path, target);
            } else if (tar.isHardLink()) {
                links.addHard(path, target);
            } else if (tar.isFile() && !tar.isSparse()) {
                ProgressStream content = new ProgressStream(tar.content(), tar.contentOffset(), progress);
                members.put(path, member(path, content, tar.size()));
            }
            if (members.size() + links.size() > MAXIMUM_MEMBERS) {
                throw new ImageException("The archive holds more than " + MAXIMUM_MEMBERS
                        + " files, so it is no archive of an image.");
            }
        }
        if (!tar.isEndMarked()) {
            throw new ImageException("The archive is cut off: it has no end mark. " + mend);
        }
    }

    private Member member(String path, InputStream content, long size) throws IOException, ImageException {
        PushbackInputStream in = new PushbackInputStream(content, HEAD);
        byte[] head = new byte[HEAD];
        int length = in.readNBytes(head, 0, HEAD);
        in.unread(head, 0, length);
        try {
            if (looksLikeJson(head, length)) {
                return json(path, in, size);
            }
            LayerBlob layer = reader.read(in, size);
            Members.verify(path, String.valueOf(layer.digest()));
            return new Member(new byte[0], layer, null);
        } catch (ImageException e) {
            return new Member(new byte[0], null, e);
        } catch (IOException e) {
            // If the archive itself is cut off here, going on to the next member fails too.
            return new Member(new byte[0], null, LayerSlices.unreadable(path, e));
        }
    }

    private Member json(String path, InputStream in, long size) throws IOException, ImageException {
        if (size > Json.MAXIMUM_BYTES) {
            throw Members.tooLong(path, size);
        }
        kept += size;
        if (kept > MAXIMUM_KEPT) {
            throw new ImageException("The archive holds more than " + MAXIMUM_KEPT + " bytes of metadata, so it is no "
                    + "archive of an image.");
        }
        byte[] json = in.readAllBytes();
        Members.verify(path, json);
        return new Member(json, null, null);
    }

    private static boolean looksLikeJson(byte[] head, int length) {
        int at = 0;
        while (at < length && (head[at] == ' ' || head[at] == '\n' || head[at] == '\r' || head[at] == '\t')) {
            at++;
        }
        if (at == length || head[at] != '{' && head[at] != '[') {
            return false;
        }
        // A layer whose first file is called "{…" has NULs in its header.
        for (int i = at; i < length; i++) {
            if (head[i] == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean has(String path) {
        return members.containsKey(links.resolve(path));
    }

    private Member member(String path) throws ImageException {
        Member member = members.get(links.resolve(path));
        if (member == null) {
            throw Members.missing(path);
        }
        if (member.failure != null) {
            throw member.failure;
        }
        return member;
    }

    @Override
    public byte[] json(String path) throws ImageException {
        Member member = member(path);
        if (member.layer != null) {
            throw new ImageException("'" + Json.abbreviate(path) + "' is not JSON.");
        }
        return member.json;
    }

    @Override
    public LayerBlob layer(String path) throws ImageException {
        LayerBlob layer = member(path).layer;
        if (layer == null) {
            throw new ImageException("'" + Json.abbreviate(path) + "' is no layer: it is neither a tar archive nor a "
                    + "compressed one.");
        }
        return layer;
    }

    @Override
    public void close() {}
}
