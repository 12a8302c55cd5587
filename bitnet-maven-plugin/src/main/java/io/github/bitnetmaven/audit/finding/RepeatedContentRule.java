package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.content.AuditObserver;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Files with the same content, each on its own: hard links share theirs. The first path is the one to keep, one of the base
 * image before all others. Copies that packages bring are their makers'. */
final class RepeatedContentRule implements Rule {
    @Override
    public String id() {
        return "BN010";
    }

    @Override
    public String title() {
        return "the same content under two paths";
    }

    @Override
    public void look(Inspection image, Found found) {
        Map<String, Integer> kept = new HashMap<>();
        MergedFileSystem files = image.files();
        BitSet candidates = new BitSet();
        for (int i = 0; i < files.size(); i++) {
            if (isCandidate(image, i)) {
                candidates.set(i);
            }
        }
        candidates.stream().filter(i -> !image.isOwn(files.layer(i))).forEach(i -> look(image, i, kept, found));
        candidates.stream().filter(i -> image.isOwn(files.layer(i))).forEach(i -> look(image, i, kept, found));
    }

    private static boolean isCandidate(Inspection image, int file) {
        EntryType type = image.files().type(file);
        return image.files().bytes(file) >= AuditObserver.SMALLEST_COPY
                && (type == EntryType.FILE || type == EntryType.HARDLINK)
                && !image.isClaimed(file);
    }

    private static void look(Inspection image, int file, Map<String, Integer> kept, Found found) {
        String checksum = image.contents().checksum(file);
        if (checksum == null) {
            return;
        }
        MergedFileSystem files = image.files();
        long bytes = files.bytes(file);
        Integer first = kept.putIfAbsent(bytes + ":" + checksum, file);
        if (first == null || !image.isOwn(files.layer(file)) || ofPackages(image, first, file)) {
            return;
        }
        image.claim(file);
        found.add(
                files.layer(file),
                files.path(file),
                bytes,
                "Keep only " + Inspection.shown(files.path(first)) + ", which holds the same " + ByteSize.print(bytes)
                        + ", and make this a link to it where the path is needed.");
    }

    /** Debian's packages share nothing by design; of Python's one may be installed twice. */
    private static boolean ofPackages(Inspection image, int first, int file) {
        if (image.contents().debian().of(file) != null) {
            return image.contents().debian().of(first) != null;
        }
        String python = image.contents().python().of(file);
        return python != null
                && Objects.equals(python, image.contents().python().of(first))
                && Objects.equals(packages(image.files().path(file)), packages(image.files().path(first)));
    }

    private static String packages(String path) {
        int at = path.indexOf("-packages/");
        return at < 0 ? "" : path.substring(0, at);
    }
}
