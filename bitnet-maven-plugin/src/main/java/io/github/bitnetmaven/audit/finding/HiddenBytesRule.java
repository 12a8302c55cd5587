package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.Objects;

/** Bytes of own layers that a later layer overwrites, removes or hides: nobody sees them, but they are stored and transferred.
 * Those of the base image cannot be had back without another base image. */
final class HiddenBytesRule implements Rule {
    /** Files of at least so many bytes have a finding of their own, others one for their directory. */
    private static final long LARGE = 1_000_000;

    private static final int DEPTH = 3;

    @Override
    public String id() {
        return "BN009";
    }

    @Override
    public String title() {
        return "bytes hidden, overwritten or removed by a later layer";
    }

    @Override
    public void look(Inspection image, Found found) {
        image.hidden().forEach(hidden -> {
            boolean alone = hidden.bytes() >= LARGE && !isOfAPackageManager(hidden.path());
            found.add(
                    hidden.layer(),
                    alone ? hidden.path() : directory(hidden.path()),
                    hidden.bytes(),
                    alone ? adviceForFile(hidden, image) : adviceForDirectory(hidden, image));
        });
    }

    /** Such files are many and large, and the same is to be done about all. */
    private static boolean isOfAPackageManager(String path) {
        return path.startsWith("var/") || path.startsWith("root/.cache/");
    }

    private static String adviceForFile(HiddenFile hidden, Inspection image) {
        MergedFileSystem files = image.files();
        int now = files.find(hidden.path());
        String by = image.layer(hidden.by());
        if (now < 0) {
            return "Remove it in the instruction that makes it: " + by
                    + " removes it too late, since the layer below keeps it.";
        }
        String checksum = image.contents().checksum(hidden.layer(), hidden.entry());
        boolean same = checksum != null
                && files.bytes(now) == hidden.bytes()
                && Objects.equals(checksum, image.contents().checksum(now));
        return same
                ? "Give it its mode and owner in the instruction that makes it (COPY --chmod --chown): " + by
                        + " stores it once more for them alone."
                : "Write it once: " + by + " replaces it, and the layer below keeps the former content.";
    }

    private static String adviceForDirectory(HiddenFile hidden, Inspection image) {
        return "Make, change and remove these files in one RUN: what " + image.layer(hidden.by())
                + " replaces or removes, the layer below keeps.";
    }

    /** At most so deep that one finding tells of many files. */
    private static String directory(String path) {
        int end = 0;
        for (int i = 0; i < DEPTH; i++) {
            int slash = path.indexOf('/', end == 0 ? 0 : end + 1);
            if (slash < 0) {
                break;
            }
            end = slash;
        }
        return end == 0 ? path : path.substring(0, end);
    }
}
