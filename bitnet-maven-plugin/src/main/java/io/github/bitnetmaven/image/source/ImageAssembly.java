package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.layer.LayerMerge;
import io.github.bitnetmaven.image.layer.LayerTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All parts of an image, read and ready to be put together.
 *
 * @param layers as many as the configuration has diff ids, in the same order
 * @param packed whether the layers' blobs are what a registry transfers
 */
record ImageAssembly(ConfigurationBlob configuration, List<LayerBlob> layers, boolean packed) {

    /** Checks that layers and configuration belong together, and merges. */
    Image assemble(String name, Image.SourceKind source, ReadOptions options) throws ImageException {
        List<String> diffIds = configuration.diffIds();
        Platforms.require(options.platform(), configuration.configuration().platform());
        int base = commonPrefix(diffIds, options.baseDiffIds());
        List<Layer> described = new ArrayList<>();
        List<LayerTable> tables = new ArrayList<>();
        Set<String> unchecked = new LinkedHashSet<>();
        long unpacked = 0;
        for (int i = 0; i < diffIds.size(); i++) {
            LayerBlob blob = layers.get(i);
            if (blob.diffId() == null) {
                unchecked.add(diffIds.get(i));
            } else if (!blob.diffId().equals(diffIds.get(i))) {
                throw new ImageException("Layer " + (i + 1) + " of " + diffIds.size() + " was altered: its digest is "
                        + blob.diffId() + ", but the image's configuration says " + diffIds.get(i)
                        + ". Save or pull the image again.");
            }
            LayerTable table = blob.table();
            tables.add(table);
            unpacked += table.unpackedBytes();
            if (unpacked < 0) {
                throw new ImageException("The layers claim more bytes than a 64-bit number can hold.");
            }
            described.add(new Layer(
                    i,
                    diffIds.get(i),
                    configuration.createdBy().get(i),
                    i < base,
                    packed ? blob.bytes() : null,
                    table.unpackedBytes(),
                    table.fileCount(),
                    table));
        }
        return new Image(
                name,
                configuration.id(),
                source,
                configuration.configuration(),
                List.copyOf(described),
                LayerMerge.merge(tables),
                List.copyOf(unchecked));
    }

    private static int commonPrefix(List<String> diffIds, List<String> baseDiffIds) {
        int common = 0;
        while (common < diffIds.size()
                && common < baseDiffIds.size()
                && diffIds.get(common).equals(baseDiffIds.get(common))) {
            common++;
        }
        return common;
    }
}
