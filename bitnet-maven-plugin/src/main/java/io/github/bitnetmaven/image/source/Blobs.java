package io.github.bitnetmaven.image.source;

import io.github.bitnetmaven.image.ImageException;
import java.util.List;

/** Where the parts of an image are found by their descriptors. What is returned has the digest and size of these. */
interface Blobs {
    /** Whether a manifest is there; a layout of one platform may keep the index of all of them. */
    boolean has(Descriptor manifest);

    /** A manifest or an index. */
    byte[] manifest(Descriptor manifest) throws ImageException;

    byte[] configuration(Descriptor configuration) throws ImageException;

    /**
     * Layers, in the same order.
     *
     * @param layers lowest first, none twice
     */
    List<LayerBlob> layers(List<Descriptor> layers) throws ImageException;
}
