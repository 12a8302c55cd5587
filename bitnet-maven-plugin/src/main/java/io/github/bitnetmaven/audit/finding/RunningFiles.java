package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.content.ElfFacts;
import io.github.bitnetmaven.image.ImageConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the image starts, and the libraries that this needs. Where entry point and command do not name a program that was
 * built in the image (a script may start it), those of the usual names count.
 */
final class RunningFiles {
    private static final Set<String> USUAL = Set.of("llama-server", "llama-cli", "server", "main");

    /** llama.cpp loads these by name when it starts. */
    private static final List<String> LOADED_BY_NAME = List.of("libggml", "libllama", "libmtmd");

    private static final Set<String> SCRIPTED = Set.of(
            "python", "python3", "uvicorn", "gunicorn", "hypercorn", "fastapi", "flask", "sh", "bash", "dash", "ash");

    private final Set<String> names = new HashSet<>();
    private final BitSet files = new BitSet();
    private final boolean scripted;

    RunningFiles(Inspection image) {
        ImageConfiguration configuration = image.image().configuration();
        List<String> started = new ArrayList<>(configuration.entrypoint());
        started.addAll(configuration.command());
        started.addAll(configuration.healthCheck());
        for (String argument : started) {
            for (String word : argument.split("[\\s:;&|<>()\"'=]+")) {
                String name = word.substring(word.lastIndexOf('/') + 1);
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        this.scripted = names.stream().anyMatch(name -> SCRIPTED.contains(name.replaceAll("[0-9.]+$", ""))
                || SCRIPTED.contains(name)
                || name.endsWith(".py")
                || name.endsWith(".sh"));
        BitSet usual = new BitSet();
        BitSet loadedByName = new BitSet();
        image.forEachOwnFile(file -> {
            if (names.contains(file.name())) {
                files.set(file.index());
            } else if (USUAL.contains(file.name())) {
                usual.set(file.index());
            } else if (isLoadedByName(file.name())) {
                loadedByName.set(file.index());
            }
        });
        if (files.stream().noneMatch(file -> isBuilt(image, file))) {
            usual.stream().filter(file -> isBuilt(image, file)).forEach(files::set);
        }
        addLibraries(image, loadedByName);
    }

    private static boolean isBuilt(Inspection image, int file) {
        ElfFacts elf = image.contents().elf(file);
        return elf != null && elf.executable() && image.contents().owner(file) == null;
    }

    private void addLibraries(Inspection image, BitSet loadedByName) {
        BitSet libraries = new BitSet();
        boolean[] byName = new boolean[1];
        files.stream().forEach(file -> {
            ElfFacts elf = image.contents().elf(file);
            if (elf != null) {
                image.contents().linker().links(file, elf).libraries().forEach(libraries::set);
                byName[0] |= elf.needed().stream().anyMatch(RunningFiles::isLoadedByName);
            }
        });
        files.or(libraries);
        if (byName[0]) {
            loadedByName.stream().filter(file -> image.contents().elf(file) != null).forEach(files::set);
        }
    }

    private static boolean isLoadedByName(String name) {
        for (String prefix : LOADED_BY_NAME) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file of the merged file system is started or needed by what is started. */
    boolean has(int file) {
        return files.get(file);
    }

    /** The last names of all paths and words that entry point, command and health check are made of. */
    Set<String> names() {
        return Set.copyOf(names);
    }

    /** Whether a script is started, which may run other scripts. */
    boolean isScripted() {
        return scripted;
    }
}
