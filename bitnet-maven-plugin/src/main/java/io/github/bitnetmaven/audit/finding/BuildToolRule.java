package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.content.DebianPackage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compilers, CMake, make, git: by dpkg's database with all that only they need, else by where they are installed. */
final class BuildToolRule implements Rule {
    private static final Set<String> PROGRAMS = Set.of(
            "ar", "as", "c++", "cc", "ccache", "clang", "clang++", "cmake", "cpack", "cpp", "ctest", "g++", "gcc", "git", "ld",
            "ld.bfd", "ld.gold", "ld.lld", "make", "gmake", "meson", "ninja", "nm", "objcopy", "objdump", "ranlib", "readelf",
            "rustc", "cargo", "go");
    private static final List<String> DIRECTORIES = List.of(
            "usr/lib/gcc", "usr/libexec/gcc", "usr/lib/git-core", "usr/libexec/git-core", "usr/share/cmake",
            "usr/local/go", "usr/local/cargo", "usr/local/rustup", "usr/local/share/cmake", "usr/share/git-core");
    private static final Set<String> BINARIES = Set.of("bin", "usr/bin", "usr/local/bin");
    private static final Set<String> DISTRIBUTIONS = Set.of("cmake", "ninja", "meson", "scikit-build", "scikit-build-core");
    private static final String ADVICE =
            " in the build stage only: the last stage needs what was built, not what builds.";

    @Override
    public String id() {
        return "BN004";
    }

    @Override
    public String title() {
        return "build tools";
    }

    @Override
    public @Nullable Place claim(OwnFile file, Inspection image) {
        String debian = image.contents().debian().of(file.index());
        if (debian != null) {
            DebianPackage owner = image.contents().debian().installed().get(debian);
            boolean tool = owner != null && image.tools().has(debian) && !ToolPackages.isDevelopment(owner);
            return tool ? Place.ofPackage(debian, advice(debian, image.tools().isTool(debian))) : null;
        }
        String distribution = image.contents().python().of(file.index());
        if (distribution != null) {
            return DISTRIBUTIONS.contains(distribution)
                    ? Place.ofPackage(distribution, "Install the Python package " + distribution + ADVICE)
                    : null;
        }
        String directory = file.directoryAmong(DIRECTORIES);
        if (directory != null) {
            return new Place(directory, "Install these tools" + ADVICE);
        }
        boolean program = PROGRAMS.contains(file.name()) && BINARIES.contains(file.directory());
        return program ? new Place(file.path(), "Install " + file.name() + ADVICE) : null;
    }

    private static String advice(String debian, boolean tool) {
        return tool
                ? "Install the Debian package " + debian + ADVICE
                : "Install what needs the Debian package " + debian + ADVICE;
    }
}
