package io.github.bitnetmaven.report.source;

import io.github.bitnetmaven.audit.measurement.Instruction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The instructions of a Dockerfile. An instruction of an image is found in it only when it is the same one. */
record DockerfileLines(String path, List<Line> lines) {
    private static final long MAXIMUM_BYTES = 1 << 20;

    record Line(int number, Instruction instruction) {}

    /** Reads a Dockerfile; null when it is missing, not in the repository or cannot be read. */
    static @Nullable DockerfileLines read(Path root, Path dockerfile) {
        String path = Sources.relative(root, dockerfile);
        try {
            if (path == null || !Files.isRegularFile(dockerfile) || Files.size(dockerfile) > MAXIMUM_BYTES) {
                return null;
            }
            String text = new String(Files.readAllBytes(dockerfile), StandardCharsets.UTF_8);
            return new DockerfileLines(path, lines(text));
        } catch (IOException e) {
            return null;
        }
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int start = 0;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            start = joined.isEmpty() ? number : start;
            boolean goesOn = line.endsWith("\\");
            joined.append(goesOn ? line.substring(0, line.length() - 1) : line).append(' ');
            if (!goesOn) {
                lines.add(new Line(start, Instruction.of(joined.toString())));
                joined.setLength(0);
            }
        }
        return lines;
    }

    /** The place of an instruction; null when no line, or more than one, can be it. */
    @Nullable SourceLocation of(Instruction instruction) {
        List<Line> found = instruction.isUnknown()
                ? List.of()
                : lines.stream().filter(line -> same(line.instruction().text(), instruction.text())).toList();
        return found.size() == 1 ? new SourceLocation(path, found.get(0).number(), 1) : null;
    }

    /** The classic builder keeps of a COPY only the keyword and the target. */
    private static boolean same(String written, String made) {
        if (written.equals(made)) {
            return true;
        }
        boolean copy = made.startsWith("COPY ") || made.startsWith("ADD ");
        return copy
                && (made.contains(" file:") || made.contains(" dir:") || made.contains(" multi:"))
                && keyword(written).equals(keyword(made))
                && target(written).equals(target(made));
    }

    private static String keyword(String text) {
        return text.substring(0, Math.max(0, text.indexOf(' ')));
    }

    private static String target(String text) {
        return text.substring(text.lastIndexOf(' ') + 1);
    }
}
