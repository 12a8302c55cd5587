package io.github.bitnetmaven.audit.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history of sources, which nothing reads at run time. */
final class VersionControlRule implements Rule {
    private static final List<String> NAMES = List.of(".git", ".svn", ".hg", ".bzr");

    @Override
    public String id() {
        return "BN001";
    }

    @Override
    public String title() {
        return "version-control data";
    }

    @Override
    public @Nullable Place claim(OwnFile file, Inspection image) {
        for (String name : NAMES) {
            String place = file.upTo(name);
            if (place != null && image.contents().owner(file.index()) == null) {
                return new Place(
                        place,
                        "Add " + name + " to .dockerignore, or remove it in the RUN that clones, and copy only what"
                                + " runs into the last stage.");
            }
        }
        return null;
    }
}
