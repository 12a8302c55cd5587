package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.growth.Growth.BaseChange;
import io.github.bitnetmaven.audit.growth.Growth.FileTotals;
import io.github.bitnetmaven.audit.growth.Growth.NamedGrowth;
import io.github.bitnetmaven.audit.growth.Growth.Part;
import io.github.bitnetmaven.audit.growth.Growth.PartGrowth;
import io.github.bitnetmaven.audit.growth.Snapshot.LayerSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds an image against another one. */
public final class GrowthComparison {
    private static final int SHOWN = 100;

    private GrowthComparison() {}

    /**
     * What the image has more than the reference.
     *
     * @throws BitnetException when the reference is of another image, or its files cannot be read
     */
    public static Growth compare(GrowthReference reference, Snapshot image) throws BitnetException {
        reference.check(image);
        Snapshot after = reference.snapshot().inSameDetail(image);
        Snapshot before = image.inSameDetail(reference.snapshot());
        BaseLayers base = BaseLayers.of(before.layers(), after.layers());
        boolean files = before.knowsFiles() && after.knowsFiles();
        FileComparison compared = files ? new FileComparison(before, after) : null;
        return new Growth(
                reference.against(),
                before.sizes(),
                after.sizes(),
                base.change(),
                parts(before, after, base),
                components(before.components(), after.components()),
                new LayerComparison(before.layers(), after.layers()).changed(),
                compared == null ? List.of() : compared.directories(),
                compared == null ? List.of() : compared.files(),
                compared == null ? List.of() : compared.moved(),
                compared == null ? FileTotals.unknown() : compared.totals());
    }

    private static List<PartGrowth> parts(Snapshot before, Snapshot after, BaseLayers base) {
        boolean whole = base.change() == BaseChange.NONE || base.change() == BaseChange.UNKNOWN;
        long baseBefore = whole ? 0 : withoutModels(before.layers().subList(0, base.before()));
        long baseAfter = whole ? 0 : withoutModels(after.layers().subList(0, base.after()));
        return List.of(
                new PartGrowth(
                        Part.OWN,
                        before.sizes().withoutModelBytes() - baseBefore,
                        after.sizes().withoutModelBytes() - baseAfter),
                new PartGrowth(Part.MODEL, before.sizes().modelBytes(), after.sizes().modelBytes()),
                new PartGrowth(Part.BASE, baseBefore, baseAfter),
                new PartGrowth(Part.IMAGE, before.sizes().unpackedBytes(), after.sizes().unpackedBytes()));
    }

    private static long withoutModels(List<LayerSize> layers) {
        return layers.stream().mapToLong(layer -> layer.unpackedBytes() - layer.modelBytes()).sum();
    }

    private static List<NamedGrowth> components(List<Component> before, List<Component> after) {
        Map<String, long[]> bytes = new TreeMap<>();
        before.forEach(component -> bytes.computeIfAbsent(component.name(), n -> new long[2])[0] += component.bytes());
        after.forEach(component -> bytes.computeIfAbsent(component.name(), n -> new long[2])[1] += component.bytes());
        Largest<NamedGrowth> largest = new Largest<>(SHOWN, NamedGrowth::bytes, NamedGrowth::name);
        bytes.forEach((name, sums) -> largest.add(new NamedGrowth(name, sums[0], sums[1])));
        return largest.list();
    }
}
