package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.configuration.Configuration;
import java.nio.file.Path;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** What all goals share: skipping, a check of the configuration's elements, and Maven's exceptions. */
abstract class AbstractBitnetMojo extends AbstractMojo {
    /**
     * Skips every goal of this plugin. As everywhere in this plugin, the property beats the element; each goal has a
     * property of its own too, such as {@code bitnet.check.skip}.
     */
    @Parameter(property = "bitnet.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Inject
    SettingsDecrypter decrypter;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        try {
            for (String property : new String[] {"bitnet.skip", "bitnet." + execution.getGoal() + ".skip"}) {
                if (properties().flag(property, property.equals("bitnet.skip") && skip)) {
                    getLog().info("Skipped: " + property + " is true.");
                    return;
                }
            }
            new UnknownElements(execution).refuse();
            run();
        } catch (BitnetException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    /** The goal's own work. */
    abstract void run() throws BitnetException, MojoExecutionException, MojoFailureException;

    MavenSession session() {
        return session;
    }

    MavenProject project() {
        return project;
    }

    /** Whether there is a pom. */
    boolean hasProject() {
        return project.getFile() != null;
    }

    /** What paths in the configuration are relative to. */
    Path baseDirectory() {
        return hasProject() ? project.getBasedir().toPath() : Path.of("").toAbsolutePath();
    }

    /** The name of an image that is given none. */
    String defaultImage() {
        return project.getArtifactId().toLowerCase(Locale.ROOT) + ":" + project.getVersion();
    }

    /** What this plugin writes for this project. */
    Path workDirectory() {
        return hasProject() ? Path.of(project.getBuild().getDirectory(), "bitnet") : baseDirectory().resolve("bitnet");
    }

    /** Where the reports are written. */
    Path reportDirectory(@Nullable String element) {
        String chosen = properties().apply("bitnet.reportDirectory");
        String directory = chosen == null ? element : chosen;
        return directory == null ? workDirectory() : baseDirectory().resolve(directory);
    }

    UserProperties properties() {
        return new UserProperties(session);
    }

    Configuration configuration() {
        return new Configuration(baseDirectory(), properties());
    }
}
