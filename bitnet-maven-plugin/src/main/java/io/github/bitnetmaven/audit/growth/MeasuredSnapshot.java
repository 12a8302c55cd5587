package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An image that was just read. */
public record MeasuredSnapshot(Measurement measurement, Components componentsOfFiles) implements Snapshot {
    @Override
    public String image() {
        return measurement.image().name();
    }

    @Override
    public String source() {
        return measurement.image().source().id();
    }

    @Override
    public @Nullable String id() {
        return measurement.image().id();
    }

    @Override
    public @Nullable String platform() {
        return measurement.image().configuration().platform();
    }

    @Override
    public Sizes sizes() {
        return measurement.sizes();
    }

    @Override
    public List<LayerSize> layers() {
        return measurement.image().layers().stream()
                .map(layer -> new LayerSize(
                        layer.diffId(),
                        layer.createdBy(),
                        layer.base(),
                        layer.unpackedBytes(),
                        measurement.modelBytes(layer.index())))
                .toList();
    }

    @Override
    public List<Component> components() {
        return componentsOfFiles.all();
    }

    @Override
    public void files(Consumer<FileSize> each) {
        Image image = measurement.image();
        MergedFileSystem files = image.files();
        for (int i = 0; i < files.size(); i++) {
            if (Components.isFileOrLink(files.type(i))) {
                String digest = image.layers().get(files.layer(i)).entries().contentDigest(files.entryOfLayer(i));
                each.accept(new FileSize(files.path(i), files.bytes(i), componentsOfFiles.ofFile(i), digest));
            }
        }
    }
}
