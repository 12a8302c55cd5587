package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.content.DebianPackage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What only compilers read: headers, static libraries, pkg-config's and CMake's descriptions of libraries. */
final class DevelopmentFileRule implements Rule {
    private static final List<String> DIRECTORIES = List.of(
            "usr/include", "usr/local/include", "usr/lib/pkgconfig", "usr/share/pkgconfig", "usr/local/lib/pkgconfig",
            "usr/lib/cmake", "usr/local/lib/cmake", "usr/share/aclocal");
    private static final List<String> SUFFIXES = List.of(".a", ".la", ".pc");
    private static final List<String> LIBRARIES = List.of("usr/lib", "usr/local/lib", "usr/lib64", "lib", "lib64");

    @Override
    public String id() {
        return "BN011";
    }

    @Override
    public String title() {
        return "development files";
    }

    @Override
    public @Nullable Place claim(OwnFile file, Inspection image) {
        String debian = image.contents().debian().of(file.index());
        DebianPackage owner = debian == null ? null : image.contents().debian().installed().get(debian);
        if (owner != null && debian != null && image.tools().has(debian) && ToolPackages.isDevelopment(owner)) {
            return Place.ofPackage(
                    debian,
                    "Install the Debian package " + debian
                            + " in the build stage only, or the package of the library itself where a program needs it.");
        }
        if (image.contents().python().of(file.index()) != null) {
            return null;
        }
        String directory = file.directoryAmong(DIRECTORIES);
        if (directory != null) {
            return new Place(directory, ADVICE);
        }
        boolean development = file.hasSuffixOf(SUFFIXES) && file.isInOneOf(LIBRARIES);
        return development
                ? new Place(file.directory(), ADVICE)
                : null;
    }

    private static final String ADVICE = "Leave these files in the build stage: nothing reads them at run time.";
}
