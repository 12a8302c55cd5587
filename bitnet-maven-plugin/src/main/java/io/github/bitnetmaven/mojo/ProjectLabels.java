package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.dockerfile.ImageLabels;
import java.util.List;
import java.util.Objects;
import org.apache.maven.model.License;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What an image says about the project that it comes from. */
final class ProjectLabels {
    private static final int LONGEST = 1000;

    private ProjectLabels() {}

    /** Labels from the pom. What cannot stand in a Dockerfile is left out: no label is worth a failed build. */
    static ImageLabels of(MavenProject project) {
        String source = project.getScm() == null ? null : project.getScm().getUrl();
        return new ImageLabels(
                plain(project.getName()),
                plain(project.getVersion()),
                plain(revision(project)),
                plain(source == null ? project.getUrl() : source),
                plain(licenses(project.getLicenses())));
    }

    /** As git-commit-id-maven-plugin and buildnumber-maven-plugin leave it. */
    private static @Nullable String revision(MavenProject project) {
        String commit = project.getProperties().getProperty("git.commit.id");
        return commit == null ? project.getProperties().getProperty("buildNumber") : commit;
    }

    /** An SPDX expression, when the pom's names are SPDX ids. */
    private static @Nullable String licenses(List<License> licenses) {
        List<String> ids = licenses.stream()
                .map(License::getName)
                .filter(Objects::nonNull)
                .filter(name -> name.matches("[A-Za-z0-9.+-]{1,64}"))
                .toList();
        return ids.isEmpty() || ids.size() < licenses.size() ? null : String.join(" OR ", ids);
    }

    private static @Nullable String plain(@Nullable String value) {
        boolean plain = value != null
                && value.length() <= LONGEST
                && !value.contains("<<")
                && value.chars().noneMatch(c -> Character.isISOControl(c)
                        || "\"`$\\\u2028\u2029".indexOf(c) >= 0);
        return plain ? value : null;
    }
}
