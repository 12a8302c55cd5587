package io.github.bitnetmaven.image.layer;

import io.github.bitnetmaven.image.EntryType;
import io.github.bitnetmaven.image.ImageException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Charges the bytes of visible entries. Content stays as long as any name of it is visible, and is charged to the first
 * of them. A hard link to a file of a lower layer shares that file's content, as it does after an engine's copy-up; its
 * layer carries no bytes for it.
 */
final class VisibleBytes {
    private final List<LayerTable> tables;
    private final BitSet[] shared;
    private final BitSet[] charged;
    private final Map<Content, Content> lowerTargets = new HashMap<>();

    /** An entry of a layer that has content. */
    record Content(int layer, int entry) {}

    VisibleBytes(List<LayerTable> tables) {
        this.tables = tables;
        this.shared = new BitSet[tables.size()];
        this.charged = new BitSet[tables.size()];
        for (int layer = 0; layer < tables.size(); layer++) {
            shared[layer] = new BitSet();
            charged[layer] = new BitSet();
        }
    }

    /** Bytes of the entries, given in the order in which they are charged. */
    long[] charge(char[] layers, int[] entries) throws ImageException {
        for (int i = 0; i < entries.length; i++) {
            share(layers[i], entries[i]);
        }
        long[] bytes = new long[entries.length];
        for (int i = 0; i < entries.length; i++) {
            bytes[i] = charge(layers[i], entries[i]);
        }
        return bytes;
    }

    private void share(int layer, int entry) throws ImageException {
        if (tables.get(layer).type(entry) == EntryType.HARDLINK) {
            Content content = content(layer, entry);
            shared[content.layer].set(content.entry);
        }
    }

    private long charge(int layer, int entry) throws ImageException {
        LayerTable table = tables.get(layer);
        if (table.type(entry) == EntryType.HARDLINK) {
            return chargeOnce(content(layer, entry));
        }
        return shared[layer].get(entry) ? chargeOnce(new Content(layer, entry)) : table.bytes(entry);
    }

    private long chargeOnce(Content content) {
        if (charged[content.layer].get(content.entry)) {
            return 0;
        }
        charged[content.layer].set(content.entry);
        return tables.get(content.layer).bytes(content.entry);
    }

    /** Where the bytes of an entry are that was charged. */
    Content contentOf(int layer, int entry) {
        if (tables.get(layer).type(entry) != EntryType.HARDLINK) {
            return new Content(layer, entry);
        }
        try {
            return content(layer, entry);
        } catch (ImageException e) {
            throw new IllegalArgumentException("no visible link", e);
        }
    }

    private Content content(int layer, int link) throws ImageException {
        int target = tables.get(layer).hardLinkTarget(link);
        return target == LayerTable.IN_LOWER_LAYER ? lowerContent(layer, link) : new Content(layer, target);
    }

    private Content lowerContent(int layer, int link) throws ImageException {
        Content from = new Content(layer, link);
        Content known = lowerTargets.get(from);
        if (known != null) {
            return known;
        }
        LayerTable table = tables.get(layer);
        byte[] path = table.chunk(link);
        int at = table.linkOffset(link);
        int length = table.linkLength(link);
        for (int lower = layer - 1; lower >= 0; lower--) {
            LayerTable below = tables.get(lower);
            int entry = below.find(path, at, length);
            if (entry >= 0 && below.type(entry) != EntryType.DIRECTORY) {
                Content found = below.type(entry) == EntryType.HARDLINK
                        ? content(lower, entry)
                        : new Content(lower, entry);
                lowerTargets.put(from, found);
                return found;
            }
            if (entry >= 0 || Hiding.hides(below, path, at, length)) {
                break;
            }
        }
        throw new ImageException("Layer " + (layer + 1) + " has a hard link '" + table.path(link) + "' to '"
                + table.linkTarget(link) + "', which is no file of this layer or one below it. The image is broken: "
                + "build or pull it again.");
    }
}
