package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.audit.growth.Growth.BaseChange;
import io.github.bitnetmaven.audit.growth.Snapshot.LayerSize;
import java.util.List;

/**
 * Which layers of two images are their base image's.
 *
 * @param before how many of the lowest layers
 */
record BaseLayers(BaseChange change, int before, int after) {

    static BaseLayers of(List<LayerSize> before, List<LayerSize> after) {
        int ofBefore = count(before);
        int ofAfter = count(after);
        if (ofBefore == 0 && ofAfter == 0) {
            return new BaseLayers(BaseChange.NONE, 0, 0);
        }
        if (ofBefore == 0 || ofAfter == 0) {
            // What is a base image on one side is one on the other, too.
            int known = Math.max(ofBefore, ofAfter);
            return startAlike(before, after, known)
                    ? new BaseLayers(BaseChange.SAME, known, known)
                    : new BaseLayers(BaseChange.UNKNOWN, 0, 0);
        }
        boolean same = ofBefore == ofAfter && startAlike(before, after, ofBefore);
        return new BaseLayers(same ? BaseChange.SAME : BaseChange.REFRESHED, ofBefore, ofAfter);
    }

    private static int count(List<LayerSize> layers) {
        int count = 0;
        while (count < layers.size() && layers.get(count).base()) {
            count++;
        }
        return count;
    }

    private static boolean startAlike(List<LayerSize> a, List<LayerSize> b, int count) {
        if (a.size() < count || b.size() < count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!a.get(i).diffId().equals(b.get(i).diffId())) {
                return false;
            }
        }
        return true;
    }
}
