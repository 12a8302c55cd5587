package io.github.bitnetmaven.report.source;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that budgets and instructions are written in.
 *
 * @param poms the project's, then those of its parents; empty without a project
 * @param dockerfile null when there is none
 */
public record Sources(List<PomFile> poms, @Nullable DockerfileLines dockerfile) {
    public Sources {
        poms = List.copyOf(poms);
    }

    /** No files. */
    public static Sources none() {
        return new Sources(List.of(), null);
    }

    /**
     * Reads the files; what cannot be read is left out.
     *
     * @param base directory in the repository, by default its root
     * @param poms the project's, then those of its parents
     * @param dockerfile may be missing
     */
    public static Sources read(Path base, List<Path> poms, Path dockerfile) {
        Path root = repository(base);
        List<PomFile> read = new ArrayList<>();
        for (Path pom : poms) {
            PomFile file = PomFile.read(root, pom);
            if (file != null) {
                read.add(file);
            }
        }
        return new Sources(read, DockerfileLines.read(root, dockerfile));
    }

    private static Path repository(Path base) {
        Path start = base.toAbsolutePath().normalize();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve(".git"))) {
                return directory;
            }
        }
        return start;
    }

    /** Where a budget stands in the pom; the nearest thing when it was set elsewhere; null without a project. */
    public @Nullable SourceLocation budget(RecordedAudit audit, Verdict verdict) {
        int number = 0;
        for (Verdict other : audit.verdicts()) {
            if (other == verdict) {
                break;
            }
            number += other.budget().equals(verdict.budget()) ? 1 : 0;
        }
        for (String element : List.of(PomFile.budget(verdict.budget(), number), PomFile.BUDGETS, PomFile.PLUGIN)) {
            for (PomFile pom : poms) {
                SourceLocation found = pom.element(element);
                if (found != null) {
                    return found;
                }
            }
        }
        return start();
    }

    /** The start of the pom; null without a project. */
    public @Nullable SourceLocation start() {
        return poms.isEmpty() ? null : new SourceLocation(poms.get(0).path(), 1, 1);
    }

    /** The line of the Dockerfile that made a layer; null when it is not known. */
    public @Nullable SourceLocation instruction(RecordedLayer layer) {
        return dockerfile == null ? null : dockerfile.of(layer.instruction());
    }

    /** The path in the repository, with slashes; null for a file that is not in it. */
    static @Nullable String relative(Path root, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!absolute.startsWith(root)) {
            return null;
        }
        List<String> names = new ArrayList<>();
        root.relativize(absolute).forEach(name -> names.add(name.toString()));
        return String.join("/", names);
    }
}
