package io.github.bitnetmaven.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A git repository on this machine, for projects that fetch their backend from one. */
public final class GitRepository {
    private final Path directory;

    private GitRepository(Path directory) {
        this.directory = directory;
    }

    public static GitRepository create(Path directory) throws IOException, InterruptedException {
        GitRepository repository = new GitRepository(Files.createDirectories(directory));
        repository.git("init", "--quiet");
        return repository;
    }

    /** Copies a tree into the work tree, commits everything, and tags the commit. */
    public void commit(Path tree, String tag) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(tree.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        commit(tag);
    }

    /** Commits everything, and tags the commit. */
    public void commit(String tag) throws IOException, InterruptedException {
        git("add", "--all");
        git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", tag);
        git("tag", tag);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: " + output);
        }
    }
}
