package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** An image with its sizes, its models, and which entries of its layers a container sees. Immutable. */
public final class Measurement {
    private final Image image;
    private final ModelFiles models;
    private final Sizes sizes;
    private final List<Instruction> instructions;
    private final List<BitSet> visible;

    private Measurement(Image image, ModelFiles models, Sizes sizes) {
        this.image = image;
        this.models = models;
        this.sizes = sizes;
        this.instructions = image.layers().stream()
                .map(layer -> Instruction.of(layer.createdBy()))
                .toList();
        this.visible = visible(image);
    }

    /**
     * @throws ContentsNeededException when two files may be one model and their contents were not read
     */
    public static Measurement of(Image image, PathPatterns modelPatterns) throws MeasurementException {
        ModelFiles models = ModelFiles.of(image, modelPatterns);
        return new Measurement(image, models, Sizes.of(image, models.bytes()));
    }

    private static List<BitSet> visible(Image image) {
        List<BitSet> visible = new ArrayList<>();
        image.layers().forEach(layer -> visible.add(new BitSet(layer.entries().size())));
        MergedFileSystem files = image.files();
        HardLinks links = new HardLinks(image);
        for (int i = 0; i < files.size(); i++) {
            BitSet ofLayer = visible.get(files.layer(i));
            ofLayer.set(files.entryOfLayer(i));
            if (files.type(i) == EntryType.HARDLINK && files.bytes(i) > 0) {
                // The bytes are still reached, even if their first name is not.
                int file = LayerEntries.find(image.layers().get(files.layer(i)).entries(), links.file(i));
                if (file >= 0) {
                    ofLayer.set(file);
                }
            }
        }
        return visible;
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
        long bytes = 0;
        for (int i = models.models().nextSetBit(0); i >= 0; i = models.models().nextSetBit(i + 1)) {
            bytes += files.layer(i) == layer ? files.bytes(i) : 0;
        }
        return bytes;
    }

    /** Whether an entry of a layer is a visible model. */
    public boolean isModel(int layer, int entry) {
        MergedFileSystem files = image.files();
        for (int i = models.models().nextSetBit(0); i >= 0; i = models.models().nextSetBit(i + 1)) {
            if (files.layer(i) == layer && files.entryOfLayer(i) == entry) {
                return true;
            }
        }
        return false;
    }
}
