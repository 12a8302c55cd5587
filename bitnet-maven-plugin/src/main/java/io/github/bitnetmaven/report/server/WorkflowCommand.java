package io.github.bitnetmaven.report.server;

import io.github.bitnetmaven.report.source.SourceLocation;
import org.jspecify.annotations.Nullable;

/** A line that GitHub Actions obeys when it is printed. The escapes are those of the runner's {@code ActionCommand}. */
final class WorkflowCommand {
    private WorkflowCommand() {}

    /**
     * An annotation.
     *
     * @param level {@code error}, {@code warning} or {@code notice}
     * @param place null for none
     */
    static String of(String level, @Nullable SourceLocation place, String title, String message) {
        String where = place == null
                ? ""
                : "file=" + property(place.path()) + ",line=" + place.line() + ",col=" + place.column() + ",";
        return "::" + level + " " + where + "title=" + property(title) + "::" + data(message);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
