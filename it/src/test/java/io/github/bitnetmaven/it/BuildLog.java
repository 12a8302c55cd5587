package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an invoked Maven wrote; the {@code verify.groovy} of a project asks it. */
public final class BuildLog {
    private final String text;

    private BuildLog(String text) {
        this.text = text;
    }

    /** The log of the project in that directory: of all its invocations, one after the other. */
    public static BuildLog of(Path project) throws IOException {
        // Maven begins every line with a level; sentences may run over several lines.
        return new BuildLog(Files.readString(project.resolve("build.log"))
                .replaceAll("\u001b\\[[0-9;]*m", "")
                .replaceAll("(?m)^\\[(?:ERROR|WARNING|INFO)] ?", ""));
    }

    /** Requires that these whole lines, or parts of lines, are in the log. */
    public BuildLog says(String... sentences) {
        for (String sentence : sentences) {
            assertThat(text).contains(sentence);
        }
        return this;
    }

    /** Requires that a part of the log matches. */
    public BuildLog matches(String regularExpression) {
        assertThat(text).containsPattern(regularExpression);
        return this;
    }

    /** Requires that none of these is in the log. */
    public BuildLog neverSays(String... sentences) {
        for (String sentence : sentences) {
            assertThat(text).doesNotContain(sentence);
        }
        return this;
    }

    /** How often it is in the log. */
    public int count(String sentence) {
        return text.split(java.util.regex.Pattern.quote(sentence), -1).length - 1;
    }

    /** The lines that hold the text, in order. */
    public List<String> linesWith(String part) {
        return text.lines().filter(line -> line.contains(part)).toList();
    }
}
