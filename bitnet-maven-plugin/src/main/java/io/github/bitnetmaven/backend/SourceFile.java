package io.github.bitnetmaven.backend;

import io.github.bitnetmaven.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of a backend's source that is compiled, or might be.
 *
 * @param path relative to the root, with slashes
 * @param bytes 0 for a symbolic link
 * @param target where a symbolic link points; null for a regular file
 */
public record SourceFile(String path, Path file, long bytes, boolean executable, @Nullable String target) {
    private static final int MAX_FILES = 100_000;
    private static final long MAX_BYTES = 2_000_000_000L;
    private static final int MAX_DEPTH = 40;

    /** Directories at the top of BitNet.cpp or llama.cpp that no compilation for a CPU reads. */
    private static final Set<String> UNUSED = Set.of(
            "assets",
            "checkpoints",
            "ggml/src/kompute",
            "gpu",
            "images",
            "media",
            "models",
            "node_modules",
            "target",
            "venv");

    /** Only a server's own pages may hold pictures that are compiled in. */
    private static final Pattern PICTURE =
            Pattern.compile("(?!.*(?:^|/)(?:public|static|ui|webui)/).*\\.(?:gif|jpe?g|mp4|pdf|png|webp)");

    private static final String LLAMA_CPP = SourceTree.SUBMODULE + "/";

    /** The files below a root, sorted by path. */
    static List<SourceFile> list(Path root) throws BackendException {
        List<SourceFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, Set.of(), MAX_DEPTH, new Collector(root, files));
        } catch (IOException e) {
            throw new BackendException("The source in " + root + " cannot be read: " + e.getMessage(), e);
        }
        files.sort(Comparator.comparing(SourceFile::path));
        return files;
    }

    /** SHA-256 over everything that makes a difference to a compilation. */
    static String key(List<SourceFile> files) throws BackendException {
        MessageDigest digest = Sha256.create();
        byte[] buffer = new byte[1 << 16];
        for (SourceFile file : files) {
            String kind = file.target != null ? "link " + file.target : file.executable ? "program" : "file";
            String head = file.path + "\0" + kind + "\0" + file.bytes + "\0";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            if (file.target != null) {
                continue;
            }
            try (InputStream in = Files.newInputStream(file.file)) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            } catch (IOException e) {
                throw new BackendException("The source file " + file.file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean isUnused(String path) {
        String inTree = path.startsWith(LLAMA_CPP) ? path.substring(LLAMA_CPP.length()) : path;
        return UNUSED.contains(inTree)
                || inTree.equals("build")
                || inTree.startsWith("build-")
                || inTree.equals("docs")
                || inTree.endsWith("/docs");
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<SourceFile> files;
        private long bytes;

        Collector(Path root, List<SourceFile> files) {
            this.root = root;
            this.files = files;
        }

        private String relative(Path path) {
            return root.relativize(path).toString().replace('\\', '/');
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String path = relative(directory);
            boolean hidden = !path.isEmpty() && directory.getFileName().toString().startsWith(".");
            // A build directory may have any name, but always has CMake's cache.
            boolean skipped = !path.isEmpty()
                    && (hidden || isUnused(path) || Files.exists(directory.resolve("CMakeCache.txt")));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String path = relative(file);
            String name = file.getFileName().toString();
            boolean model = name.endsWith(".gguf") || name.endsWith(".safetensors");
            if (name.startsWith(".git") || model || PICTURE.matcher(path).matches()) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                files.add(link(path, file));
            } else if (attributes.isRegularFile()) {
                files.add(new SourceFile(path, file, attributes.size(), Files.isExecutable(file), null));
            } else if (attributes.isDirectory()) {
                throw new IOException(path + " is nested deeper than " + MAX_DEPTH + " directories.");
            }
            bytes += attributes.size();
            if (files.size() > MAX_FILES || bytes > MAX_BYTES) {
                throw new IOException("it holds more than " + MAX_FILES + " files or " + MAX_BYTES / 1_000_000
                        + " MB beside models and build directories.");
            }
            return FileVisitResult.CONTINUE;
        }

        private SourceFile link(String path, Path file) throws IOException {
            Path target = Files.readSymbolicLink(file);
            Path pointsAt = file.getParent().resolve(target).normalize();
            if (target.isAbsolute() || !pointsAt.startsWith(root)) {
                throw new IOException("the symbolic link " + path + " points outside of it, to " + target
                        + ". Replace it by what it points at.");
            }
            return new SourceFile(path, file, 0, false, target.toString().replace('\\', '/'));
        }
    }
}
