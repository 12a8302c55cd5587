package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.audit.measurement.Sizes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image has more, or less, than another one. Lists are sorted by the size of the change, the largest first, and
 * bounded; the totals are of everything. No text in it is safe to print.
 *
 * @param against the other one
 * @param before its sizes
 * @param after the sizes of the image
 * @param base what became of the base image
 * @param parts each {@link Part}, in their order
 * @param components those that changed
 * @param layers those that changed
 * @param directories where the files are that came, went or changed
 * @param files those that came, went or changed their size; empty when the files of one side are not known
 * @param moved files of the same content or name at another place, with {@link FileGrowth#from}: no growth
 */
public record Growth(
        Against against,
        Sizes before,
        Sizes after,
        BaseChange base,
        List<PartGrowth> parts,
        List<NamedGrowth> components,
        List<LayerGrowth> layers,
        List<NamedGrowth> directories,
        List<FileGrowth> files,
        List<FileGrowth> moved,
        FileTotals totals) {

    public Growth {
        parts = List.copyOf(parts);
        components = List.copyOf(components);
        layers = List.copyOf(layers);
        directories = List.copyOf(directories);
        files = List.copyOf(files);
        moved = List.copyOf(moved);
    }

    public PartGrowth part(Part part) {
        return parts.get(part.ordinal());
    }

    /**
     * What was compared with.
     *
     * @param kind such as {@code baseline}, {@code audit} or {@code image}
     * @param where path or name, as the user wrote it
     * @param image what the image was called when it was audited
     */
    public record Against(String kind, String where, String image, @Nullable String id) {}

    /** What became of the base image. */
    public enum BaseChange {
        /** No base image is known on either side: every layer is our own. */
        NONE,
        SAME,
        /** Its layers are others: what it grew is told apart. */
        REFRESHED,
        /** It is known on one side only, so that all layers are compared. */
        UNKNOWN
    }

    /** What of an image can grow on its own account. */
    public enum Part {
        /** Unpacked bytes of the layers above the base image, without models. */
        OWN,
        /** Visible models, each content once. */
        MODEL,
        /** Unpacked bytes of the base image, without models. */
        BASE,
        /** Unpacked bytes of everything. */
        IMAGE
    }

    /** Bytes of a part, before and after. */
    public record PartGrowth(Part part, long beforeBytes, long afterBytes) {
        public long bytes() {
            return afterBytes - beforeBytes;
        }
    }

    /** Visible bytes of a component or directory, before and after. */
    public record NamedGrowth(String name, long beforeBytes, long afterBytes) {
        public long bytes() {
            return afterBytes - beforeBytes;
        }
    }

    /**
     * Unpacked bytes of a layer, before and after; layers of one instruction are taken for the same.
     *
     * @param beforeIndex null when the layer is new
     * @param afterIndex null when the layer is gone
     */
    public record LayerGrowth(
            @Nullable Integer beforeIndex,
            @Nullable Integer afterIndex,
            String createdBy,
            boolean base,
            long beforeBytes,
            long afterBytes) {
        public long bytes() {
            return afterBytes - beforeBytes;
        }
    }

    /** What happened to a file. */
    public enum Kind {
        ADDED,
        REMOVED,
        RESIZED,
        /** The same content was there under another path. */
        MOVED,
        /** A file of the same name and size was there in another directory; contents were not compared. */
        MOVED_BY_NAME
    }

    /**
     * Visible bytes of a file, before and after.
     *
     * @param path relative; with a slash at its end, the smaller files of that directory, which a baseline file keeps
     *     only as a sum
     * @param from where a moved file was; else null
     */
    public record FileGrowth(
            String path, Kind kind, long beforeBytes, long afterBytes, String component, @Nullable String from) {
        public long bytes() {
            return afterBytes - beforeBytes;
        }
    }

    /**
     * All files together. Visible bytes grew by added less removed, and resized.
     *
     * @param compared whether the files of both sides are known; else all is 0
     * @param resizedBytes may be negative
     */
    public record FileTotals(
            boolean compared,
            long addedBytes,
            long addedFiles,
            long removedBytes,
            long removedFiles,
            long resizedBytes,
            long resizedFiles,
            long movedBytes,
            long movedFiles) {
        /** The files of one side are not known. */
        public static FileTotals unknown() {
            return new FileTotals(false, 0, 0, 0, 0, 0, 0, 0, 0);
        }
    }
}
