package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.content.AuditObserver;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model that is stored more than once: under a second path, or below, in a layer that a later one hides, as {@code RUN
 * chmod} leaves it. */
final class RepeatedModelRule implements Rule {
    @Override
    public String id() {
        return "BN008";
    }

    @Override
    public String title() {
        return "the model stored more than once";
    }

    @Override
    public @Nullable Place claim(OwnFile file, Inspection image) {
        return image.measurement().isDuplicateModel(file.index())
                ? new Place(
                        file.path(),
                        "Keep one copy of the model, and make this a link to it where the path is needed.")
                : null;
    }

    @Override
    public void look(Inspection image, Found found) {
        Set<String> models = new HashSet<>();
        MergedFileSystem files = image.files();
        image.measurement().models().forEach(model -> {
            String checksum = image.contents().checksum(model);
            if (checksum != null) {
                models.add(files.bytes(model) + ":" + checksum);
            }
        });
        if (!models.isEmpty()) {
            image.hidden().forEach(hidden -> {
                if (hidden.bytes() >= AuditObserver.SMALLEST_COPY
                        && models.contains(hidden.bytes() + ":" + image.contents().checksum(hidden.layer(), hidden.entry()))) {
                    image.hidden().claim(hidden);
                    found.add(hidden.layer(), hidden.path(), hidden.bytes(), advice(hidden, image));
                }
            });
        }
    }

    private static String advice(HiddenFile hidden, Inspection image) {
        return "Bring the model in one instruction with its final path, mode and owner (COPY --chmod --chown): "
                + image.layer(hidden.by()) + " stores its " + ByteSize.print(hidden.bytes())
                + " once more, and this copy stays in the image unseen.";
    }
}
