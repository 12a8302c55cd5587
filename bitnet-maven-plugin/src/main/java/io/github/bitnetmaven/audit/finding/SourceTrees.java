package io.github.bitnetmaven.audit.finding;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Directories that CMake projects, as BitNet.cpp and llama.cpp are, were copied to: the topmost that have a
 * {@code CMakeLists.txt}; and within or beside them those that were built in, which have a {@code CMakeCache.txt}. What
 * packages bring is none of it.
 */
final class SourceTrees {
    /** A project that was copied to the root does not make sources of the system's directories. */
    private static final Set<String> SYSTEM = Set.of(
            "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt", "opt", "proc", "root",
            "run", "sbin", "srv", "sys", "tmp", "usr", "var");

    private static final List<String> INSTALLED =
            List.of("usr/share", "usr/lib", "usr/local/share", "usr/local/lib", "usr/include", "usr/local/include");

    private final Set<String> sources = new HashSet<>();
    private final Set<String> builds = new HashSet<>();

    SourceTrees(Inspection image) {
        image.forEachOwnFile(file -> {
            boolean lists = file.name().equals("CMakeLists.txt");
            if (!lists && !file.name().equals("CMakeCache.txt")) {
                return;
            }
            boolean installed = file.isInOneOf(INSTALLED);
            if (!installed && image.contents().owner(file.index()) == null) {
                (lists ? sources : builds).add(file.directory());
            }
        });
    }

    /** The topmost directory with sources that a path is in; null when it is in none. */
    @Nullable String sourcesOf(String path) {
        return topmost(sources, path);
    }

    /** The topmost directory that was built in; null when the path is in none. */
    @Nullable String buildOf(String path) {
        return topmost(builds, path);
    }

    private static @Nullable String topmost(Set<String> directories, String path) {
        if (directories.isEmpty()) {
            return null;
        }
        int first = path.indexOf('/');
        if (directories.contains("") && !SYSTEM.contains(first < 0 ? "" : path.substring(0, first))) {
            return "";
        }
        for (int slash = first; slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String directory = path.substring(0, slash);
            if (directories.contains(directory)) {
                return directory;
            }
        }
        return null;
    }
}
