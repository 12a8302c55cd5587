package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.Outline;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.registry.RegistryAccess;
import io.github.bitnetmaven.image.registry.RegistryClient;
import io.github.bitnetmaven.image.registry.Repository;
import io.github.bitnetmaven.progress.Progress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image in a registry, whose layers are read as they come, without a temporary file. */
public final class RegistryImageSource implements ImageSource {
    private final String name;
    private final String reference;
    private final RegistryClient registry;
    private @Nullable ImageManifest known;
    private @Nullable String knownPlatform;

    public RegistryImageSource(ImageReference image, RegistryAccess access) {
        ImageReference complete = image.withDefaultTag();
        this.name = complete.toString();
        this.reference = String.valueOf(complete.digest() == null ? complete.tag() : complete.digest());
        this.registry = new RegistryClient(Repository.of(complete), access);
    }

    @Override
    public Image read(ReadOptions options, Progress progress) throws ImageException {
        RegistryBlobs blobs = new RegistryBlobs(registry, name, options, progress);
        ImageManifest manifest = manifest(blobs, options.platform());
        return manifest.read(blobs).assemble(name, Image.SourceKind.REGISTRY, options);
    }

    @Override
    public Optional<Outline> outline(ReadOptions options) throws ImageException {
        List<Descriptor> layers =
                manifest(new RegistryBlobs(registry, name, options, Progress.silent()), options.platform()).layers();
        return Optional.of(new Outline(layers.stream().mapToLong(Descriptor::bytes).sum(), layers.size()));
    }

    /**
     * The image's diff ids, lowest layer first, for which no layer is read.
     *
     * @param platform which one of an index; null for this machine's
     */
    public List<String> diffIds(@Nullable String platform) throws ImageException {
        RegistryBlobs blobs = new RegistryBlobs(registry, name, ReadOptions.sizesOnly(), Progress.silent());
        return manifest(blobs, platform).configuration().diffIds();
    }

    /** Fetched once: a tag may move to another image meanwhile. */
    private ImageManifest manifest(RegistryBlobs blobs, @Nullable String platform) throws ImageException {
        ImageManifest manifest = known;
        if (manifest == null || !Objects.equals(platform, knownPlatform)) {
            manifest = fetch(blobs, platform);
            known = manifest;
            knownPlatform = platform;
        }
        return manifest;
    }

    private ImageManifest fetch(RegistryBlobs blobs, @Nullable String platform) throws ImageException {
        JsonNode json = Json.parse(registry.manifest(reference), "manifest of '" + name + "'");
        ImageManifest manifest;
        if (json.has("manifests")) {
            manifest = new ManifestChoice(blobs, "index '" + name + "'", "Name the one to be audited by its digest.")
                    .choose(json, platform);
        } else if (json.has("layers")) {
            manifest = ImageManifest.of(json, "manifest of '" + name + "'", blobs);
        } else if (json.path("schemaVersion").asInt(0) == 1) {
            throw new ImageException("'" + name + "' has a manifest of Docker's schema 1, which does not tell the sizes"
                    + " of its layers. Push the image again with a current version of Docker.");
        } else {
            throw new ImageException("'" + name + "' is no image: its manifest has neither layers nor manifests.");
        }
        // Before any layer is read.
        Platforms.require(platform, manifest.configuration().configuration().platform());
        long bytes = 0;
        for (Descriptor layer : manifest.layers()) {
            bytes += layer.bytes();
            if (layer.bytes() < 0 || bytes < 0) {
                throw new ImageException("The " + manifest.name() + " does not tell the size of the layer "
                        + layer.digest() + ", or one that no layer has. Push the image again.");
            }
        }
        return manifest;
    }
}
