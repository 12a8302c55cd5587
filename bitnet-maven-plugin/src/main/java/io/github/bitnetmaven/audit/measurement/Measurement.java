package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** An image with its sizes, its models, and which entries of its layers a container sees. Immutable. */
public final class Measurement {
    private final Image image;
    private final ModelFiles models;
    private final Sizes sizes;
    private final List<Instruction> instructions;
    private final List<BitSet> visible;
    private final List<BitSet> modelEntries;

    private Measurement(Image image, ModelFiles models, Sizes sizes) {
        this.image = image;
        this.models = models;
        this.sizes = sizes;
        this.instructions = image.layers().stream()
                .map(layer -> Instruction.of(layer.createdBy()))
                .toList();
        this.visible = entries(image, IntStream.range(0, image.files().size()));
        this.modelEntries = entries(image, models.models().stream());
    }

    /**
     * @throws ContentsNeededException when two files may be one model and their contents were not read
     */
    public static Measurement of(Image image, PathPatterns modelPatterns) throws MeasurementException {
        ModelFiles models = ModelFiles.of(image, modelPatterns);
        return new Measurement(image, models, Sizes.of(image, models.bytes()));
    }

    /** The entries of each layer that bring these files of the merged file system, and the bytes behind their links. */
    private static List<BitSet> entries(Image image, IntStream chosen) {
        List<BitSet> entries = image.layers().stream().map(layer -> new BitSet()).toList();
        MergedFileSystem files = image.files();
        chosen.forEach(file -> {
            entries.get(files.layer(file)).set(files.entryOfLayer(file));
            if (files.type(file) == EntryType.HARDLINK) {
                entries.get(files.contentLayer(file)).set(files.contentEntry(file));
            }
        });
        return entries;
    }

    public Image image() {
        return image;
    }

    /** The image's name, safe to print. */
    public String name() {
        return Printable.of(image.name(), 300);
    }

    public Sizes sizes() {
        return sizes;
    }

    /** What made a layer. */
    public Instruction instruction(int layer) {
        return instructions.get(layer);
    }

    /** The entries of the merged file system that are models. */
    public IntStream models() {
        return models.models().stream();
    }

    /** Whether an entry of the merged file system is a model. */
    public boolean isModel(int file) {
        return models.models().get(file);
    }

    /** Whether an entry of the merged file system is a further copy of a model. */
    public boolean isDuplicateModel(int file) {
        return models.duplicates().get(file);
    }

    /** Whether a container sees what this entry of a layer brings. */
    public boolean isVisible(int layer, int entry) {
        return visible.get(layer).get(entry);
    }

    /** Visible bytes of the models in a layer. */
    public long modelBytes(int layer) {
        MergedFileSystem files = image.files();
        return models.models().stream()
                .filter(file -> files.layer(file) == layer)
                .mapToLong(files::bytes)
                .sum();
    }

    /** Whether an entry of a layer is a visible model. */
    public boolean isModel(int layer, int entry) {
        return modelEntries.get(layer).get(entry);
    }
}
