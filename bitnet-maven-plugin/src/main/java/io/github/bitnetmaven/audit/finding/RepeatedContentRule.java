package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.content.AuditObserver;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Files with the same content, each on its own: hard links share theirs. The first path is the one to keep, one of the base
 * image before all others. Copies within one package are its maker's. */
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
        for (boolean own : new boolean[] {false, true}) {
            for (int i = 0; i < files.size(); i++) {
                if (image.isOwn(files.layer(i)) == own && isCandidate(image, i)) {
                    look(image, i, kept, found);
                }
            }
        }
    }

    private static boolean isCandidate(Inspection image, int file) {
        EntryType type = image.files().type(file);
        return (type == EntryType.FILE || type == EntryType.HARDLINK)
                && image.files().bytes(file) >= AuditObserver.SMALLEST_COPY
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
        if (first == null || !image.isOwn(files.layer(file)) || ofOnePackage(image, first, file)) {
            return;
        }
        image.claim(file);
        found.add(
                files.layer(file),
                files.path(file),
                bytes,
                "Keep only " + Inspection.shown(files.path(first)) + ", which holds the same " + ByteSize.print(bytes)
                        + ", and make " + Inspection.shown(files.path(file)) + " a link to it where the path is needed.");
    }

    private static boolean ofOnePackage(Inspection image, int first, int file) {
        String owner = image.contents().owner(file);
        return owner != null && Objects.equals(owner, image.contents().owner(first));
    }
}
