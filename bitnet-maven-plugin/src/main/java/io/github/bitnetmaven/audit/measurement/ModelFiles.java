package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.audit.content.AuditObserver;
import io.github.bitnetmaven.image.EntryTable;
import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
                String content = content(image, i, sameSize);
                firstOfContent.putIfAbsent(content(image, sameSize, i), sameSize);
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

    /**
     * What tells contents of one size apart: their digest, or else their checksum. That could be forged, but only to have
     * a model taken for a copy of another; a copy counts as no model, so that its image is charged more for it.
     */
    private static String content(Image image, int file, int other) throws MeasurementException {
        MergedFileSystem files = image.files();
        EntryTable entries = image.layers().get(files.contentLayer(file)).entries();
        String digest = entries.contentDigest(files.contentEntry(file));
        String content = digest == null ? AuditObserver.checksum(entries, files.contentEntry(file)) : digest;
        if (content == null) {
            throw new ContentsNeededException("Cannot tell whether /" + Printable.of(files.path(file), 200) + " and /"
                    + Printable.of(files.path(other), 200)
                    + " are the same model, since the contents were not read.");
        }
        return content;
    }

    private static BitSet candidates(Image image, PathPatterns patterns) {
        MergedFileSystem files = image.files();
        List<BitSet> matched = image.layers().stream().map(layer -> new BitSet()).toList();
        boolean any = false;
        for (int i = 0; i < files.size(); i++) {
            if (isFile(files, i) && patterns.matches(files.path(i))) {
                matched.get(files.contentLayer(i)).set(files.contentEntry(i));
                any = true;
            }
        }
        BitSet candidates = new BitSet();
        for (int i = 0; i < files.size() && any; i++) {
            if (isFile(files, i) && files.bytes(i) > 0 && matched.get(files.contentLayer(i)).get(files.contentEntry(i))) {
                candidates.set(i);
            }
        }
        return candidates;
    }

    private static boolean isFile(MergedFileSystem files, int file) {
        EntryType type = files.type(file);
        return type == EntryType.FILE || type == EntryType.HARDLINK;
    }
}
