package io.github.bitnetmaven.audit.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What compiling leaves behind: object files, static libraries, CMake's notes, and in a directory that was built in also
 * the programs and libraries that the image neither starts nor needs. */
final class BuildIntermediateRule implements Rule {
    private static final List<String> SUFFIXES = List.of(".o", ".obj", ".a", ".d", ".gch", ".pch");
    private static final List<String> NAMES = List.of("CMakeFiles", "CMakeCache.txt", ".ninja_deps", ".ninja_log");

    /** There static libraries are installed, which is the matter of another rule. */
    private static final List<String> LIBRARIES = List.of("usr", "lib", "lib64");

    @Override
    public String id() {
        return "BN003";
    }

    @Override
    public String title() {
        return "build intermediates";
    }

    @Override
    public @Nullable Place claim(OwnFile file, Inspection image) {
        boolean used = image.running().has(file.index())
                || image.measurement().isModel(file.index())
                || image.contents().owner(file.index()) != null;
        String place = used ? null : place(file, image);
        return place == null
                ? null
                : new Place(
                        place,
                        "Compile in a stage of its own, and COPY --from only the programs that run and their libraries into"
                                + " the last stage.");
    }

    private static @Nullable String place(OwnFile file, Inspection image) {
        String build = image.trees().buildOf(file.path());
        if (build != null) {
            return build;
        }
        for (String name : NAMES) {
            String place = file.upTo(name);
            if (place != null) {
                return place;
            }
        }
        boolean intermediate = file.hasSuffixOf(SUFFIXES) && !file.isInOneOf(LIBRARIES);
        return intermediate ? file.directory() : null;
    }
}
