package io.github.bitnetmaven.audit.baseline;

import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.file.AuditFileException;
import io.github.bitnetmaven.audit.file.InventoryReader;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.growth.Snapshot;
import io.github.bitnetmaven.audit.measurement.Sizes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An audit that was recorded.
 *
 * @param sizes of the audit, which has them
 * @param inventory beside its {@code audit.json}; where it is missing, files are not compared
 */
public record RecordedSnapshot(RecordedAudit audit, Sizes sizes, Path inventory) implements Snapshot {
    @Override
    public String image() {
        return audit.image().name();
    }

    @Override
    public @Nullable String source() {
        return audit.image().source();
    }

    @Override
    public @Nullable String id() {
        return audit.image().id();
    }

    @Override
    public @Nullable String platform() {
        return audit.image().platform();
    }

    @Override
    public List<LayerSize> layers() {
        return audit.layers().stream()
                .map(layer -> new LayerSize(
                        layer.diffId(), layer.createdBy(), layer.base(), layer.unpackedBytes(), layer.modelBytes()))
                .toList();
    }

    @Override
    public List<Component> components() {
        return audit.components();
    }

    @Override
    public boolean knowsFiles() {
        return Files.exists(inventory);
    }

    @Override
    public void files(Consumer<FileSize> each) throws AuditFileException {
        InventoryReader.read(
                inventory, file -> each.accept(new FileSize(file.path(), file.bytes(), file.component(), file.sha256())));
    }
}
