package io.github.bitnetmaven.audit.measurement;

import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.Layer;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of an image, in bytes of the entries of its layers, so that one image has one size on every engine.
 *
 * @param unpackedBytes sum over the layers; a layer that is there twice counts twice
 * @param visibleBytes what a container sees
 * @param wastedBytes what later layers overwrote, removed or hid: unpacked less visible
 * @param modelBytes visible model files, each content once
 * @param withoutModelBytes unpacked less model; further copies of a model are in it
 * @param ownBytes unpacked bytes of the layers that are not of the base image
 * @param packedBytes what a registry transfers; null where the source does not tell exactly
 * @param fileCount regular files and links that a container sees
 */
public record Sizes(
        long unpackedBytes,
        long visibleBytes,
        long wastedBytes,
        long modelBytes,
        long withoutModelBytes,
        long ownBytes,
        @Nullable Long packedBytes,
        int layerCount,
        long fileCount) {

    static Sizes of(Image image, long modelBytes) throws MeasurementException {
        String name = Printable.of(image.name(), 200);
        long unpacked = 0;
        long own = 0;
        Long packed = 0L;
        try {
            for (Layer layer : image.layers()) {
                unpacked = Math.addExact(unpacked, layer.unpackedBytes());
                own += layer.base() ? 0 : layer.unpackedBytes();
                packed = packed == null || layer.packedBytes() == null ? null : packed + layer.packedBytes();
            }
        } catch (ArithmeticException e) {
            throw new MeasurementException("The layers of " + name
                    + " add up to more than 8 EiB, which no image can hold. The archive is damaged"
                    + " or made to deceive.");
        }
        long visible = image.files().visibleBytes();
        if (visible > unpacked || modelBytes > visible) {
            throw new MeasurementException("The figures of " + name + " contradict each other: "
                    + unpacked + " B in the layers, " + visible + " B visible, " + modelBytes
                    + " B of models. This is a fault of the plugin; please report it with the image.");
        }
        return new Sizes(
                unpacked,
                visible,
                unpacked - visible,
                modelBytes,
                unpacked - modelBytes,
                own,
                packed,
                image.layers().size(),
                image.files().fileCount());
    }
}
