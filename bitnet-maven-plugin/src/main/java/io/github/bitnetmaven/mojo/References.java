package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.baseline.RecordedSnapshot;
import io.github.bitnetmaven.audit.baseline.ReferenceFile;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.file.InventoryWriter;
import io.github.bitnetmaven.audit.growth.GrowthException;
import io.github.bitnetmaven.audit.growth.GrowthReference;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.configuration.ReferenceLocation;
import io.github.bitnetmaven.file.AtomicFile;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.source.ArchiveSources;
import io.github.bitnetmaven.image.source.RegistryImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an image is compared with. Images are read and let go: only their sizes are kept, and their files on disk
 * until this is closed.
 */
final class References implements AutoCloseable {
    private final Wiring wiring;
    private final PathPatterns modelPatterns;
    private final @Nullable String platform;
    private final List<Path> temporary = new ArrayList<>();

    References(Wiring wiring, PathPatterns modelPatterns, @Nullable String platform) {
        this.wiring = wiring;
        this.modelPatterns = modelPatterns;
        this.platform = platform;
    }

    /**
     * Reads it.
     *
     * @param baseDiffIds layers of the base image that an image may be made of
     * @return null when there is nothing at the path
     */
    @Nullable GrowthReference open(ReferenceLocation location, List<String> baseDiffIds) throws BitnetException {
        Path path = location.path();
        ImageReference image = location.image();
        if (image != null) {
            boolean onEngine = location.kind() == ReferenceLocation.Kind.ENGINE;
            ImageSource source = onEngine
                    ? wiring.engineImage(image.toString())
                    : registryImage(image);
            return image("image", location.text(), AuditRun.named(image.toString(), source), baseDiffIds);
        }
        if (path == null || !Files.exists(path)) {
            return null;
        }
        return ReferenceFile.is(path)
                ? ReferenceFile.read(path, location.text())
                : image(
                        "archive",
                        location.text(),
                        AuditRun.named(location.text(), ArchiveSources.open(path)),
                        baseDiffIds);
    }

    /**
     * The layers of a base image, looked up where its image is.
     *
     * @param baseImage {@code scratch} for none
     * @return empty for what was recorded, which knows its base image itself
     */
    List<String> baseDiffIds(ReferenceLocation location, String baseImage) throws BitnetException {
        Path path = location.path();
        if (baseImage.equals("scratch") || path != null && Files.exists(path) && ReferenceFile.is(path)) {
            return List.of();
        }
        if (location.kind() == ReferenceLocation.Kind.REGISTRY) {
            return registryImage(ImageReference.parse(baseImage)).diffIds(platform);
        }
        List<String> diffIds = wiring.diffIds(baseImage);
        if (diffIds.isEmpty()) {
            throw new GrowthException("The base image " + baseImage + " of " + Printable.of(location.text())
                    + " is not on the engine, so its layers are not known. Pull it, or name another one with"
                    + " -Dbitnet.baseImage.");
        }
        return diffIds;
    }

    private RegistryImageSource registryImage(ImageReference image) throws BitnetException {
        return wiring.registryImage(image, wiring.properties().flag("bitnet.registry.insecure", false));
    }

    private GrowthReference image(String kind, String where, ImageSource source, List<String> baseDiffIds)
            throws BitnetException {
        wiring.log().info("Reading " + where + " to compare with");
        Audit audit = new Auditor(new Budgets(List.of()), modelPatterns)
                .audit(source, new ReadOptions(platform, false, false, baseDiffIds, List.of()), wiring.progress());
        try {
            Path inventory = Files.createTempFile("bitnet", ".ndjson.gz");
            temporary.add(inventory);
            AtomicFile.write(inventory, out -> InventoryWriter.write(audit.image(), audit.components(), out));
            return new GrowthReference(
                    kind, where, new RecordedSnapshot(audit.recorded(), audit.sizes(), inventory), false);
        } catch (IOException e) {
            throw new GrowthException("The files of " + where + " cannot be kept in " + System.getProperty("java.io.tmpdir")
                    + ": " + e + ". Make room there, or set another directory with -Djava.io.tmpdir.", e);
        }
    }

    @Override
    public void close() {
        for (Path file : temporary) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                wiring.log().warn("Cannot remove " + file + ": " + e);
            }
        }
    }
}
