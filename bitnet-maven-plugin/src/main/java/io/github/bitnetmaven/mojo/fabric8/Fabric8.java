package io.github.bitnetmaven.mojo.fabric8;

import io.github.bitnetmaven.engine.EngineAddress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;
import org.twdata.maven.mojoexecutor.MojoExecutor;

/** Runs docker-maven-plugin's goals inside of ours. */
public final class Fabric8 {
    /**
     * docker-maven-plugin's goals are not made for threads. An interned string is the same object in every class loader
     * that Maven makes for this plugin in one build.
     */
    private static final Object LOCK = "io.github.bitnetmaven.mojo.fabric8".intern();

    private final MavenProject project;
    private final MavenSession session;
    private final BuildPluginManager plugins;
    private final DockerMavenPlugin plugin;

    public Fabric8(MavenProject project, MavenSession session, BuildPluginManager plugins) {
        this.project = project;
        this.session = session;
        this.plugins = plugins;
        this.plugin = DockerMavenPlugin.of(project);
    }

    public DockerMavenPlugin plugin() {
        return plugin;
    }

    /**
     * Builds the image. That this returns does not mean that there is one: docker-maven-plugin has many ways to
     * succeed without. Ask the engine.
     *
     * @param properties looks a user's property up
     * @throws MojoExecutionException with docker-maven-plugin's own message
     */
    public void build(FabricBuild build, EngineAddress address, Function<String, @Nullable String> properties)
            throws MojoExecutionException {
        if (build.target() != null && !plugin.knowsTarget()) {
            throw new MojoExecutionException("The project uses docker-maven-plugin " + plugin.version()
                    + ", which cannot build a single stage of a Dockerfile. Use 0.49.0 or newer, or set"
                    + " <backend><compileIn> to host.");
        }
        try {
            execute("build", configuration(address, properties).of(build));
        } finally {
            remove(build.workDirectory());
        }
    }

    /**
     * What decides about the image beside its context.
     *
     * @param scopes the properties that begin with {@code docker.}, of the user, the project and so on
     */
    public FabricInputs inputs(
            FabricBuild build,
            EngineAddress address,
            Function<String, @Nullable String> properties,
            List<SortedMap<String, String>> scopes) {
        return new FabricInputs(plugin, configuration(address, properties).of(build.anywhere()), scopes);
    }

    /**
     * Pushes an image of the engine, with the registry, the credentials and the retries that the user gave
     * docker-maven-plugin.
     *
     * @throws MojoExecutionException with docker-maven-plugin's own message
     */
    public void push(String image, EngineAddress address, Function<String, @Nullable String> properties)
            throws MojoExecutionException {
        execute("push", configuration(address, properties).push(image));
    }

    private Plugin model() {
        return MojoExecutor.plugin(
                DockerMavenPlugin.GROUP_ID, DockerMavenPlugin.ARTIFACT_ID, plugin.version(), plugin.dependencies());
    }

    private FabricConfiguration configuration(EngineAddress address, Function<String, @Nullable String> properties) {
        return new FabricConfiguration(plugin, address, properties);
    }

    private void execute(String goal, Xpp3Dom configuration) throws MojoExecutionException {
        synchronized (LOCK) {
            try {
                MojoExecutor.executeMojo(
                        model(), goal, configuration, MojoExecutor.executionEnvironment(project, session, plugins));
            } catch (MojoExecutionException e) {
                throw new MojoExecutionException(
                        "docker-maven-plugin " + plugin.version() + " failed: " + message(e), e);
            }
        }
    }

    /** The first message below mojo-executor's own, which says nothing. */
    private static String message(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && (cause.getMessage() == null || cause == e)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** The archive of the context stays behind otherwise, one for each build. What cannot be removed does no harm. */
    private static void remove(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // The next mvn clean takes it.
        }
    }
}
