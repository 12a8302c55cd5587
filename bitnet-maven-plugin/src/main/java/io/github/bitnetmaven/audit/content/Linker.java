package io.github.bitnetmaven.audit.content;

import io.github.bitnetmaven.image.ImageConfiguration;
import io.github.bitnetmaven.image.MergedFileSystem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the libraries of a program as the loader does: RPATH, LD_LIBRARY_PATH of the image, RUNPATH, the loader's cache
 * (glibc), the default directories (ld.so(8); for musl those that it has built in).
 */
public final class Linker {
    private static final String SEARCH_PATH = "LD_LIBRARY_PATH=";
    private static final int MOST_LIBRARIES = 1000;

    private static final List<String> TRIPLETS = List.of(
            "x86_64-linux-gnu", "aarch64-linux-gnu", "arm-linux-gnueabihf", "i386-linux-gnu", "riscv64-linux-gnu",
            "powerpc64le-linux-gnu", "s390x-linux-gnu");

    /** What the container runtime of a GPU's maker puts in when the container starts. */
    private static final List<String> INJECTED = List.of("libcuda.so", "libnvidia-", "libnvcuvid.so", "libcudadebugger.so");

    private final MergedFileSystem files;
    private final Contents contents;
    private final List<String> searchPath;
    private final Map<String, List<String>> cache = new HashMap<>();

    Linker(MergedFileSystem files, ImageConfiguration configuration, Contents contents) {
        this.files = files;
        this.contents = contents;
        this.searchPath = configuration.environment().stream()
                .filter(variable -> variable.startsWith(SEARCH_PATH))
                .flatMap(variable -> List.of(variable.substring(SEARCH_PATH.length()).split("[:;]")).stream())
                .filter(directory -> !directory.isEmpty())
                .toList();
        for (String path : contents.linkerCache()) {
            cache.computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), name -> new ArrayList<>()).add(path);
        }
    }

    /**
     * What a program or library is linked to, directly or not.
     *
     * @param libraries entries of the merged file system, the loader first
     * @param missing names of what was not found, and who needs it: safe to print only after escaping
     */
    public record Links(List<Integer> libraries, Map<String, String> missing) {}

    private record Loaded(String path, ElfFacts elf, @Nullable Loaded by) {
        String directory() {
            int slash = path.lastIndexOf('/');
            return slash < 0 ? "" : path.substring(0, slash);
        }
    }

    /** Links a file of the merged file system. */
    public Links links(int file, ElfFacts elf) {
        List<Integer> libraries = new ArrayList<>();
        Map<String, String> missing = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        List<String> defaults = defaults(elf.interpreter());
        if (!elf.interpreter().isEmpty()) {
            int loader = contents.tree().file(elf.interpreter());
            if (loader < 0) {
                missing.put(elf.interpreter(), files.path(file));
            } else {
                libraries.add(loader);
            }
            known.add(elf.interpreter().substring(elf.interpreter().lastIndexOf('/') + 1));
        }
        Deque<Loaded> left = new ArrayDeque<>();
        left.add(new Loaded(files.path(file), elf, null));
        while (!left.isEmpty() && known.size() < MOST_LIBRARIES) {
            Loaded loaded = left.remove();
            for (String name : loaded.elf.needed()) {
                if (!known.add(name) || INJECTED.stream().anyMatch(name::startsWith)) {
                    continue;
                }
                String path = find(name, loaded, defaults);
                int library = path == null ? -1 : contents.tree().file(path);
                if (library < 0) {
                    missing.put(name, loaded.path);
                    continue;
                }
                libraries.add(library);
                ElfFacts facts = contents.elf(library);
                if (facts != null && path != null) {
                    left.add(new Loaded(path, facts, loaded));
                }
            }
        }
        return new Links(libraries, missing);
    }

    private @Nullable String find(String name, Loaded loaded, List<String> defaults) {
        if (name.contains("/")) {
            return contents.tree().file(name) < 0 ? null : name;
        }
        List<String> directories = new ArrayList<>();
        for (Loaded by = loaded; by != null && loaded.elf.runpath().isEmpty(); by = by.by) {
            if (by.elf.runpath().isEmpty()) {
                directories.addAll(directories(by.elf.rpath(), by));
            }
        }
        directories.addAll(searchPath);
        directories.addAll(directories(loaded.elf.runpath(), loaded));
        String found = findIn(directories, name);
        if (found != null) {
            return found;
        }
        for (String cached : cache.getOrDefault(name, List.of())) {
            if (contents.tree().file(cached) >= 0) {
                return cached;
            }
        }
        return findIn(defaults, name);
    }

    private @Nullable String findIn(List<String> directories, String name) {
        for (String directory : directories) {
            String path = directory + "/" + name;
            if (contents.tree().file(path) >= 0) {
                return path;
            }
        }
        return null;
    }

    /** The directories of an RPATH or RUNPATH, its tokens replaced. */
    private static List<String> directories(String path, Loaded of) {
        List<String> directories = new ArrayList<>();
        for (String part : path.split(":")) {
            if (!part.isEmpty()) {
                String here = part.replace("${ORIGIN}", "/" + of.directory()).replace("$ORIGIN", "/" + of.directory());
                boolean byPlatform = here.contains("$LIB") || here.contains("${LIB}");
                for (String library : byPlatform ? libraryNames() : List.of("")) {
                    directories.add(here.replace("${LIB}", library).replace("$LIB", library));
                }
            }
        }
        return directories;
    }

    private static List<String> libraryNames() {
        List<String> names = new ArrayList<>(List.of("lib", "lib64"));
        TRIPLETS.forEach(triplet -> names.add("lib/" + triplet));
        return names;
    }

    private static List<String> defaults(String interpreter) {
        List<String> directories = new ArrayList<>(List.of("lib", "usr/lib", "lib64", "usr/lib64"));
        for (String triplet : TRIPLETS) {
            directories.add("lib/" + triplet);
            directories.add("usr/lib/" + triplet);
        }
        if (interpreter.contains("/ld-musl-")) {
            directories.add("usr/local/lib");
        }
        int slash = interpreter.lastIndexOf('/');
        if (slash > 0) {
            directories.add(interpreter.substring(0, slash));
        }
        return directories;
    }
}
