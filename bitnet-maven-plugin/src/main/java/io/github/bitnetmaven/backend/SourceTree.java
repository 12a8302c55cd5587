package io.github.bitnetmaven.backend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The source of a backend on this machine.
 *
 * @param description what to call it in messages and labels, such as {@code https://…/BitNet.git at 404980e…}
 * @param revision the full commit id; empty for a directory
 * @param files what of it is compiled, sorted by path
 * @param key SHA-256 over paths, kinds, modes and contents of the files: 64 hexadecimal digits
 */
public record SourceTree(
        Path directory, Kind kind, String description, String revision, List<SourceFile> files, String key) {
    /** Where llama.cpp lies in a tree of BitNet.cpp. */
    static final String SUBMODULE = "3rdparty/llama.cpp";

    public SourceTree {
        files = List.copyOf(files);
    }

    /** Whose tree it is. */
    public enum Kind {
        /** BitNet.cpp, with its llama.cpp as a submodule. */
        BITNET,
        /** llama.cpp alone. */
        LLAMA_CPP
    }

    /** Reads a directory: recognizes the tree, lists its files and computes their key. */
    static SourceTree of(Path directory, String description, String revision) throws BackendException {
        Kind kind = recognize(directory, description);
        List<SourceFile> files = SourceFile.list(directory);
        return new SourceTree(directory, kind, description, revision, files, SourceFile.key(files));
    }

    /** Whether it has a file of this path, relative to its root. */
    boolean holds(String path) {
        return files.stream().anyMatch(file -> file.path().equals(path));
    }

    private static Kind recognize(Path directory, String description) throws BackendException {
        Path submodule = directory.resolve(SUBMODULE);
        boolean cmake = Files.isRegularFile(directory.resolve("CMakeLists.txt"));
        if (cmake && Files.isDirectory(submodule)) {
            if (!Files.isRegularFile(submodule.resolve("CMakeLists.txt"))) {
                throw new BackendException("The submodule " + SUBMODULE + " of " + description + " is empty. Run"
                        + " 'git submodule update --init --recursive' in " + directory + ".");
            }
            return Kind.BITNET;
        }
        if (cmake && Files.isDirectory(directory.resolve("ggml"))) {
            return Kind.LLAMA_CPP;
        }
        throw new BackendException("No backend can be compiled from " + description
                + ": it is neither a source tree of BitNet.cpp (CMakeLists.txt and "
                + SUBMODULE + "/) nor one of llama.cpp (CMakeLists.txt and ggml/). Set <backend><directory>"
                + " (-Dbitnet.backend.directory) to the root of such a tree.");
    }
}
