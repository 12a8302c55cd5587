package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.audit.growth.Growth.Against;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.image.Image;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What growth is measured against.
 *
 * @param kind such as {@code baseline}
 * @param where path or name, as the user wrote it
 * @param ofThisImage whether it has to be of the image that is audited: so it is with what was recorded, while a name or
 *     an archive that a user wrote is what he meant
 */
public record GrowthReference(String kind, String where, Snapshot snapshot, boolean ofThisImage) {

    /** Sources in which an image has a name. */
    private static final Set<String> NAMED =
            Set.of(Image.SourceKind.ENGINE.id(), Image.SourceKind.REGISTRY.id());

    /** The same, for a comparison with whatever image. */
    public GrowthReference anyImage() {
        return new GrowthReference(kind, where, snapshot, false);
    }

    Against against() {
        return new Against(kind, where, snapshot.image(), snapshot.id());
    }

    /**
     * Refuses what was recorded of another image or platform. Registry, tag and digest may differ, and an archive has no
     * name that says anything.
     */
    void check(Snapshot image) throws GrowthException {
        if (!ofThisImage) {
            return;
        }
        String here = repository(image);
        String there = repository(snapshot);
        if (here != null && there != null && !here.equals(there)) {
            throw new GrowthException(Printable.of(where) + " is of the image " + Printable.of(snapshot.image())
                    + ", so the growth of " + Printable.of(image.image()) + " cannot be told. Name another baseline with"
                    + " <growth><baseline> (-Dbitnet.baseline), or record a new one with bitnet:baseline.");
        }
        if (image.platform() != null
                && snapshot.platform() != null
                && !Objects.equals(image.platform(), snapshot.platform())) {
            throw new GrowthException(Printable.of(where) + " is of the platform " + Printable.of(snapshot.platform())
                    + ", but " + Printable.of(image.image()) + " is of " + Printable.of(image.platform())
                    + ". Keep a baseline for each platform, and name it with <growth><baseline> (-Dbitnet.baseline).");
        }
    }

    /** Null for an archive, and for an id. */
    private static @Nullable String repository(Snapshot image) {
        if (!NAMED.contains(String.valueOf(image.source()))) {
            return null;
        }
        try {
            return ImageReference.parse(image.image()).repository();
        } catch (ConfigurationException e) {
            return null;
        }
    }
}
