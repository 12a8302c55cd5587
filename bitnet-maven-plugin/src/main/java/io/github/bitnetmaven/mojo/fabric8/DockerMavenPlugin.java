package io.github.bitnetmaven.mojo.fabric8;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.apache.maven.model.Build;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginContainer;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * The docker-maven-plugin that a project uses: the version, dependencies and configuration of its build plugins, else of
 * its plugin management, else our default.
 *
 * @param version such as {@code 0.49.0}
 * @param configured whether the version is the user's
 * @param dependencies what the user adds to the plugin's class path
 * @param configuration the user's configuration outside of executions; null when there is none
 */
public record DockerMavenPlugin(
        String version, boolean configured, List<Dependency> dependencies, @Nullable Xpp3Dom configuration) {
    static final String GROUP_ID = "io.fabric8";
    static final String ARTIFACT_ID = "docker-maven-plugin";
    private static final String DEFAULT_VERSION = "0.49.0";
    private static final String FIRST_WITH_TARGET = "0.49.0";

    public DockerMavenPlugin {
        dependencies = List.copyOf(dependencies);
    }

    /** What the project says, parents and active profiles included. */
    public static DockerMavenPlugin of(MavenProject project) {
        Build build = project.getBuild();
        List<Plugin> declared = new ArrayList<>();
        add(declared, build);
        add(declared, build == null ? null : build.getPluginManagement());
        String version = DEFAULT_VERSION;
        boolean configured = false;
        List<Dependency> dependencies = List.of();
        Xpp3Dom configuration = null;
        for (Plugin plugin : declared) {
            if (!configured && plugin.getVersion() != null) {
                version = plugin.getVersion();
                configured = true;
            }
            if (dependencies.isEmpty()) {
                dependencies = plugin.getDependencies();
            }
            if (configuration == null) {
                configuration = (Xpp3Dom) plugin.getConfiguration();
            }
        }
        return new DockerMavenPlugin(version, configured, dependencies, configuration);
    }

    /** Whether the version can build a single stage of a Dockerfile. */
    public boolean knowsTarget() {
        return new ComparableVersion(version).compareTo(new ComparableVersion(FIRST_WITH_TARGET)) >= 0;
    }

    /** What the user's configuration says for a simple element; null when it says nothing. */
    public @Nullable String configured(String element) {
        Xpp3Dom child = configuration == null ? null : configuration.getChild(element);
        String value = child == null ? null : child.getValue();
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** On Maven 4 there may be no plugin management at all. */
    private static void add(List<Plugin> declared, @Nullable PluginContainer container) {
        if (container == null) {
            return;
        }
        for (Plugin plugin : container.getPlugins()) {
            if (GROUP_ID.equals(plugin.getGroupId()) && ARTIFACT_ID.equals(plugin.getArtifactId())) {
                declared.add(plugin);
            }
        }
    }
}
