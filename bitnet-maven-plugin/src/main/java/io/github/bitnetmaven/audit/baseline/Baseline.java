package io.github.bitnetmaven.audit.baseline;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Growth.Part;
import io.github.bitnetmaven.audit.growth.Snapshot;
import io.github.bitnetmaven.audit.measurement.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a baseline file holds, schema {@code bitnet-baseline/1}: small enough to be committed, whatever the image. The
 * largest files are in it one by one, the others as a sum for each of the largest directories.
 *
 * @param files sorted by path; one that ends with a slash is the sum of what is smaller in that directory
 */
public record Baseline(
        String image,
        @Nullable String source,
        @Nullable String id,
        @Nullable String platform,
        Sizes sizes,
        List<LayerSize> layers,
        List<Component> components,
        List<FileSize> files)
        implements Snapshot {

    private static final int MOST_COMPONENTS = 300;
    /** The components that are too many to be kept one by one. */
    private static final String REST = "(others)";

    public Baseline {
        layers = List.copyOf(layers);
        components = List.copyOf(components);
        files = List.copyOf(files);
    }

    /** What is kept of an image. */
    public static Baseline of(Snapshot image) throws BitnetException {
        return new Baseline(
                image.image(),
                image.source(),
                image.id(),
                image.platform(),
                image.sizes(),
                image.layers(),
                fewer(image.components(), null),
                image.knowsFiles() ? LargestFiles.of(image) : List.of());
    }

    /** Whether an image has shrunk so that it may lower its baseline: no part of it is larger, and the whole smaller. */
    public static boolean isLowerThan(Growth growth) {
        return growth.part(Part.OWN).bytes() <= 0
                && growth.part(Part.MODEL).bytes() <= 0
                && growth.part(Part.IMAGE).bytes() < 0;
    }

    @Override
    public boolean knowsFiles() {
        return !files.isEmpty() || sizes.visibleBytes() == 0;
    }

    @Override
    public void files(Consumer<FileSize> each) {
        files.forEach(each);
    }

    /** An image with what this baseline has no line for summed up as it is summed up here. */
    @Override
    public Snapshot inSameDetail(Snapshot other) throws BitnetException {
        boolean fileByFile = !other.knowsFiles() || !knowsFiles();
        return new Baseline(
                other.image(),
                other.source(),
                other.id(),
                other.platform(),
                other.sizes(),
                other.layers(),
                fewer(other.components(), components),
                fileByFile ? List.of() : new Buckets(files).fill(other));
    }

    /** As many components as a baseline has room for, or those that another baseline has one by one. */
    private static List<Component> fewer(List<Component> all, @Nullable List<Component> known) {
        boolean summed = known == null
                ? all.size() > MOST_COMPONENTS
                : known.stream().anyMatch(component -> component.name().equals(REST));
        if (!summed) {
            return all;
        }
        Map<String, Long> names = known == null
                ? all.stream().limit(MOST_COMPONENTS).collect(Collectors.toMap(Component::name, Component::bytes))
                : known.stream().collect(Collectors.toMap(Component::name, Component::bytes, Long::sum));
        Map<String, Component> fewer = new TreeMap<>();
        for (Component component : all) {
            String name = names.containsKey(component.name()) ? component.name() : REST;
            fewer.merge(name, new Component(name, component.bytes(), component.fileCount()), (a, b) ->
                    new Component(name, a.bytes() + b.bytes(), a.fileCount() + b.fileCount()));
        }
        return new ArrayList<>(fewer.values());
    }
}
