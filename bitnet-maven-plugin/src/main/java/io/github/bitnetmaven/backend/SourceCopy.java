package io.github.bitnetmaven.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of a source tree to compile in, so that the user's own is never written to. An update touches only the files
 * whose contents changed: the rest need not be compiled again.
 */
record SourceCopy(Path directory, SourceTree tree) {

    void update() throws IOException {
        Set<Path> wanted = new HashSet<>();
        for (SourceFile file : tree.files()) {
            Path copy = directory.resolve(file.path());
            wanted.add(copy);
            Files.createDirectories(copy.getParent());
            if (file.target() != null) {
                if (!Files.isSymbolicLink(copy)
                        || !Files.readSymbolicLink(copy).toString().equals(file.target())) {
                    Files.deleteIfExists(copy);
                    Files.createSymbolicLink(copy, Path.of(file.target()));
                }
            } else if (!Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS)
                    || Files.mismatch(file.file(), copy) >= 0) {
                Files.deleteIfExists(copy);
                Files.copy(file.file(), copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        removeOthers(wanted);
    }

    /** What the source no longer has; what a build generates into its source tree is generated again. */
    private void removeOthers(Set<Path> wanted) throws IOException {
        List<Path> present;
        try (Stream<Path> paths = Files.walk(directory)) {
            present = paths.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path path : present) {
            boolean generated = path.endsWith("build-info.cpp") || path.endsWith(BackendPlan.KERNEL_HEADER);
            if (!wanted.contains(path) && !generated) {
                Files.delete(path);
            }
        }
    }
}
