package io.github.bitnetmaven.report.format;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The build server that a build runs on, by the variables that it sets.
 *
 * @param ci whether any build server runs the build
 * @param stepSummary Markdown file that GitHub Actions shows; null elsewhere
 */
public record BuildServer(boolean ci, Kind kind, @Nullable Path stepSummary) {
    /** Those that something is written for. */
    public enum Kind {
        NONE,
        /** <a href="https://docs.github.com/actions/reference/workflows-and-actions/variables">Its variables</a>. */
        GITHUB,
        /** <a href="https://docs.gitlab.com/ci/variables/predefined_variables/">Its variables</a>. */
        GITLAB
    }

    /** No build server. */
    public static BuildServer none() {
        return new BuildServer(false, Kind.NONE, null);
    }

    /** The build server that set these variables of the environment. */
    public static BuildServer of(Map<String, String> environment) {
        boolean github = isTrue(environment.get("GITHUB_ACTIONS"));
        boolean gitlab = isTrue(environment.get("GITLAB_CI"));
        String ci = environment.getOrDefault("CI", "");
        String summary = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
        return new BuildServer(
                github || gitlab || !(ci.isBlank() || ci.strip().equalsIgnoreCase("false")),
                github ? Kind.GITHUB : gitlab ? Kind.GITLAB : Kind.NONE,
                github && !summary.isBlank() ? Path.of(summary) : null);
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && value.strip().equalsIgnoreCase("true");
    }
}
