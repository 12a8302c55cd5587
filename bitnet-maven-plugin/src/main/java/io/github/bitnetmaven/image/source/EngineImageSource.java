package io.github.bitnetmaven.image.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineException;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image of an engine, read from the stream of {@code GET /images/{id}/get} in one pass, without a temporary file. */
public final class EngineImageSource implements ImageSource {
    private static final String CUT_OFF =
            "The engine closed the connection too early: check its log, then try again.";

    private final Engine engine;
    private final String reference;
    private final @Nullable ImageCache cache;

    /**
     * @param reference name or id
     */
    public EngineImageSource(Engine engine, String reference) {
        this(engine, reference, null);
    }

    /**
     * @param reference name or id
     * @param cache where an image that was read before need not be read again, unless every digest is to be checked;
     *     null for none
     */
    public EngineImageSource(Engine engine, String reference, @Nullable ImageCache cache) {
        this.engine = engine;
        this.reference = reference;
        this.cache = cache;
    }

    @Override
    public Image read(ReadOptions options, Progress progress) throws ImageException {
        try {
            JsonNode inspected = engine.inspectImage(reference)
                    .orElseThrow(() -> new ImageException("The engine at " + engine.address() + " has no image '"
                            + reference + "'. Build or pull it first."));
            // By id: the name may move to another image meanwhile.
            String id = Json.digest(inspected.path("Id"), "answer of the engine at " + engine.address());
            if (cache != null && !options.verifyDigests()) {
                Optional<ImageAssembly> kept = cache.find(id, options);
                if (kept.isPresent()) {
                    return kept.get().assemble(reference, Image.SourceKind.ENGINE, options);
                }
            }
            return stream(id, inspected.path("Size").asLong(-1), options, progress);
        } catch (EngineException e) {
            throw new ImageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Image stream(String id, long about, ReadOptions options, Progress progress)
            throws EngineException, ImageException {
        try (InputStream in = engine.saveImage(id);
                Progress.Task task = progress.start("Reading " + reference, about, Progress.Unit.BYTES)) {
            StreamMembers members = StreamMembers.read(in, options, task::at, CUT_OFF);
            ImageAssembly read = ArchiveReading.read(members, options);
            // An engine with a containerd store has ids of manifests; its archives have an index that leads to them.
            if (!read.configuration().id().equals(id) && !members.has(Members.INDEX)) {
                throw new ImageException("The engine was asked for the image " + id + " and gave "
                        + read.configuration().id() + ". Try again.");
            }
            ImageAssembly assembly = new ImageAssembly(read.configuration(), read.layers(), false);
            Image image = assembly.assemble(reference, Image.SourceKind.ENGINE, options);
            if (cache != null && read.configuration().id().equals(id)) {
                cache.keep(assembly, options);
            }
            return image;
        } catch (IOException e) {
            throw new ImageException("The engine's stream of '" + reference + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
