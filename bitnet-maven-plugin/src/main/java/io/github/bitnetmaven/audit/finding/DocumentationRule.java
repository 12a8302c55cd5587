package io.github.bitnetmaven.audit.finding;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Documentation where Linux keeps it. Licences and copyright notices stay: leaving them out may not be allowed. */
final class DocumentationRule implements Rule {
    private static final List<String> DIRECTORIES = List.of(
            "usr/share/doc", "usr/share/man", "usr/share/info", "usr/share/gtk-doc", "usr/share/help", "usr/local/share/doc",
            "usr/local/share/man", "usr/local/share/info", "usr/local/man", "usr/share/doc-base");
    private static final List<String> LEGAL = List.of("copyright", "license", "licence", "copying", "notice", "authors");

    @Override
    public String id() {
        return "BN006";
    }

    @Override
    public String title() {
        return "documentation";
    }

    @Override
    public @Nullable Place claim(OwnFile file, Inspection image) {
        String directory = file.directoryAmong(DIRECTORIES);
        if (directory == null || isLegal(file.name().toLowerCase(Locale.ROOT))) {
            return null;
        }
        return new Place(
                directory,
                "Remove it in the RUN that installs, or keep dpkg from unpacking it with"
                        + " path-exclude in /etc/dpkg/dpkg.cfg.d.");
    }

    private static boolean isLegal(String name) {
        return LEGAL.stream().anyMatch(name::startsWith);
    }
}
