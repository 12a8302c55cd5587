package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The visible files that are models: regular files whose path, or the path of a hard link to them, matches the model
 * patterns. Each content counts once: of two copies under two paths the first is the model, the other a duplicate.
 *
 * @param models indices in the merged file system
 * @param duplicates likewise; further copies
 * @param bytes of the models
 */
record ModelFiles(BitSet models, BitSet duplicates, long bytes) {

    static ModelFiles of(Image image, PathPatterns patterns) throws MeasurementException {
        MergedFileSystem files = image.files();
        BitSet candidates = candidates(image, patterns);
        Map<Long, Integer> firstOfSize = new HashMap<>();
        Map<String, Integer> firstOfContent = new HashMap<>();
        BitSet models = new BitSet();
        BitSet duplicates = new BitSet();
        long bytes = 0;
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            Integer sameSize = firstOfSize.putIfAbsent(files.bytes(i), i);
            if (sameSize != null) {
                String content = digest(image, i, sameSize);
                firstOfContent.putIfAbsent(digest(image, sameSize, i), sameSize);
                if (firstOfContent.putIfAbsent(content, i) != null) {
                    duplicates.set(i);
                    continue;
                }
            }
            models.set(i);
            bytes += files.bytes(i);
        }
        return new ModelFiles(models, duplicates, bytes);
    }

    private static String digest(Image image, int file, int other) throws MeasurementException {
        String digest = knownDigest(image, file);
        if (digest == null) {
            throw new ContentsNeededException("Cannot tell whether /" + Printable.of(image.files().path(file), 200)
                    + " and /" + Printable.of(image.files().path(other), 200)
                    + " are the same model, since the contents were not read.");
        }
        return digest;
    }

    private static @Nullable String knownDigest(Image image, int file) {
        MergedFileSystem files = image.files();
        return image.layers().get(files.contentLayer(file)).entries().contentDigest(files.contentEntry(file));
    }

    private static BitSet candidates(Image image, PathPatterns patterns) {
        MergedFileSystem files = image.files();
        Set<Content> matched = new HashSet<>();
        BitSet linked = new BitSet();
        for (int i = 0; i < files.size(); i++) {
            EntryType type = files.type(i);
            if (type == EntryType.HARDLINK) {
                linked.set(i);
            }
            if ((type == EntryType.FILE || type == EntryType.HARDLINK) && patterns.matches(files.path(i))) {
                matched.add(Content.of(files, i));
            }
        }
        BitSet candidates = new BitSet();
        for (int i = 0; i < files.size() && !matched.isEmpty(); i++) {
            boolean file = files.type(i) == EntryType.FILE || linked.get(i);
            if (file && files.bytes(i) > 0 && matched.contains(Content.of(files, i))) {
                candidates.set(i);
            }
        }
        return candidates;
    }

    /** The entry that has the bytes. */
    private record Content(int layer, int entry) {
        static Content of(MergedFileSystem files, int file) {
            return new Content(files.contentLayer(file), files.contentEntry(file));
        }
    }
}
