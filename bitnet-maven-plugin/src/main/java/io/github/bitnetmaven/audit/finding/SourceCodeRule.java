package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.content.ElfFacts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a CMake project as BitNet.cpp or llama.cpp consists of: all of its directory, apart from programs, libraries, models
 * and what the image starts. */
final class SourceCodeRule implements Rule {
    @Override
    public String id() {
        return "BN002";
    }

    @Override
    public String title() {
        return "source code of the backend";
    }

    @Override
    public @Nullable Place claim(OwnFile file, Inspection image) {
        String tree = image.trees().sourcesOf(file.path());
        if (tree == null || isUsed(file, image)) {
            return null;
        }
        return new Place(
                tree,
                "Compile in a stage of its own, and COPY --from only the programs, their libraries and the model into the"
                        + " last stage.");
    }

    private static boolean isUsed(OwnFile file, Inspection image) {
        if (image.contents().owner(file.index()) != null || image.running().has(file.index())) {
            return true;
        }
        // llama.cpp's sources hold vocabularies without weights for its tests; their names end as models' do.
        if (image.measurement().isModel(file.index())) {
            return !file.name().startsWith("ggml-vocab-");
        }
        if (image.running().isScripted() && (file.name().endsWith(".py") || file.name().endsWith(".sh"))) {
            return true;
        }
        ElfFacts elf = image.contents().elf(file.index());
        return elf != null;
    }
}
