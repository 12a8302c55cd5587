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
        boolean[] program = new boolean[1];
        image.forEachOwnFile(file -> {
            if (names.contains(file.name())) {
                files.set(file.index());
                program[0] |= isBuilt(image, file);
            }
        });
        if (!program[0]) {
            image.forEachOwnFile(file -> {
                if (USUAL.contains(file.name()) && isBuilt(image, file)) {
                    files.set(file.index());
                }
            });
        }
        addLibraries(image);
    }

    private static boolean isBuilt(Inspection image, OwnFile file) {
        ElfFacts elf = image.contents().elf(file.index());
        return elf != null && elf.executable() && image.contents().owner(file.index()) == null;
    }

    private void addLibraries(Inspection image) {
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
            image.forEachOwnFile(file -> {
                if (file.hasPrefixOf(LOADED_BY_NAME) && image.contents().elf(file.index()) != null) {
                    files.set(file.index());
                }
            });
        }
    }

    private static boolean isLoadedByName(String name) {
        return LOADED_BY_NAME.stream().anyMatch(name::startsWith);
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
