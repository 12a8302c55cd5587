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

/** An image of an engine, read from the stream of {@code GET /images/{id}/get} in one pass, without a temporary file. */
public final class EngineImageSource implements ImageSource {
    private final Engine engine;
    private final String reference;

    /**
     * @param reference name or id
     */
    public EngineImageSource(Engine engine, String reference) {
        this.engine = engine;
        this.reference = reference;
    }

    @Override
    public Image read(ReadOptions options, Progress progress) throws ImageException {
        try {
            JsonNode inspected = engine.inspectImage(reference)
                    .orElseThrow(() -> new ImageException("The engine at " + engine.address() + " has no image '"
                            + reference + "'. Build or pull it first."));
            return stream(inspected, options, progress);
        } catch (EngineException e) {
            throw new ImageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Image stream(JsonNode inspected, ReadOptions options, Progress progress)
            throws EngineException, ImageException {
        // By id: the name may move to another image meanwhile.
        String id = Json.digest(inspected.path("Id"), "answer of the engine at " + engine.address());
        long about = inspected.path("Size").asLong(-1);
        try (InputStream in = new ReadAhead(engine.saveImage(id));
                Progress.Task task = progress.start("Reading " + reference, about, Progress.Unit.BYTES)) {
            StreamMembers members = StreamMembers.read(in, options, task::at);
            ImageAssembly read = ArchiveReading.read(members, options);
            // An engine with a containerd store has ids of manifests; its archives have an index that leads to them.
            if (!read.configuration().id().equals(id) && !members.has(Members.INDEX)) {
                throw new ImageException("The engine was asked for the image " + id + " and gave "
                        + read.configuration().id() + ". Try again.");
            }
            return new ImageAssembly(read.configuration(), read.layers(), false)
                    .assemble(reference, Image.SourceKind.ENGINE, options);
        } catch (IOException e) {
            throw new ImageException("The engine's stream of '" + reference + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
