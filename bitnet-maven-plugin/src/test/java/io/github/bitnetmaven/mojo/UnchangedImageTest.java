package io.github.bitnetmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.dockerfile.BuildContext;
import io.github.bitnetmaven.mojo.fabric8.Fabric8;
import io.github.bitnetmaven.mojo.fabric8.FabricBuild;
import io.github.bitnetmaven.mojo.fabric8.FabricInputs;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When docker-maven-plugin is not run. */
class UnchangedImageTest {
    private static final String NAME = "acme/bitnet:1.0";
    private static final String BASE = "debian:bookworm-slim";
    private static final String BUILT = "sha256:" + "ab".repeat(32);

    @TempDir
    Path directory;

    private final MavenSession session = Sessions.session();
    private final MavenProject project = new MavenProject(new Model());
    private EngineOfImages engine;
    private String contextKey = "c".repeat(64);

    @BeforeEach
    void anImageWasBuilt() throws Exception {
        session.setCurrentProject(project);
        engine = new EngineOfImages();
        engine.images.put(BASE, "sha256:" + "01".repeat(32));
        engine.images.put(NAME, BUILT);
        built().keep(key().orElseThrow(), BUILT);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void theImageThatHasTheNameIsTaken() throws Exception {
        assertThat(unchanged(null)).contains(BUILT);
        assertThat(engine.changes).isEmpty();
    }

    @Test
    void anImageThatHasLostTheNameGetsItAgain() throws Exception {
        engine.images.put(NAME, "sha256:" + "02".repeat(32));
        engine.images.put("somebody/elses:1", BUILT);
        assertThat(unchanged(null)).contains(BUILT);
        assertThat(engine.changes).containsExactly("POST /images/" + BUILT + "/tag?repo=acme/bitnet&tag=1.0");
    }

    @Test
    void anImageThatTheEngineHasNoMoreIsBuilt() throws Exception {
        engine.images.remove(NAME);
        assertThat(unchanged(null)).isEmpty();
        engine.images.put(NAME, "sha256:" + "02".repeat(32));
        assertThat(unchanged(null)).isEmpty();
        assertThat(engine.changes).isEmpty();
    }

    @Test
    void anotherContextIsBuilt() throws Exception {
        contextKey = "d".repeat(64);
        assertThat(unchanged(null)).isEmpty();
    }

    @Test
    void anotherStageIsBuilt() throws Exception {
        assertThat(unchanged("backend")).isEmpty();
    }

    @Test
    void anotherBaseOfTheSameNameIsBuilt() throws Exception {
        engine.images.put(BASE, "sha256:" + "03".repeat(32));
        assertThat(unchanged(null)).isEmpty();
    }

    @Test
    void aBaseThatTheEngineLacksIsForDockerMavenPluginToPull() throws Exception {
        engine.images.remove(BASE);
        assertThat(key()).isEmpty();
        assertThat(unchanged(null)).isEmpty();
    }

    @Test
    void anotherInterfaceOfTheEngineMayBuildOtherwise() throws Exception {
        engine.apiVersion = "1.44";
        assertThat(unchanged(null)).isEmpty();
    }

    @Test
    void aDockerPropertyOfAnybodyIsAChange() throws Exception {
        project.getProperties().setProperty("docker.buildArg.A", "1");
        assertThat(unchanged(null)).isEmpty();
        project.getProperties().clear();
        session.getUserProperties().setProperty("docker.buildArg.A", "1");
        assertThat(unchanged(null)).isEmpty();
        session.getUserProperties().clear();
        session.getSystemProperties().setProperty("docker.buildArg.A", "1");
        assertThat(unchanged(null)).isEmpty();
        session.getSystemProperties().clear();
        assertThat(unchanged(null)).contains(BUILT);
    }

    @Test
    void whoWantsNoCacheGetsANewImageEachTime() throws Exception {
        session.getUserProperties().setProperty("docker.noCache", "true");
        assertThat(unchanged(null)).isEmpty();
    }

    @Test
    void whoWantsNewerBasesGetsThem() throws Exception {
        session.getUserProperties().setProperty("docker.autoPull", "always");
        assertThat(unchanged(null)).isEmpty();
    }

    private Optional<String> unchanged(@Nullable String target) throws Exception {
        ImageBuilder builder = new ImageBuilder(
                engine.connect(), engine.address(), fabric8(), new UserProperties(session), built());
        return builder.unchanged(new ImageBuilder.Request(NAME, context(), target, false, directory.resolve("work")));
    }

    private Optional<String> key() throws Exception {
        UserProperties properties = new UserProperties(session);
        FabricInputs inputs = fabric8()
                .inputs(
                        new FabricBuild(NAME, directory, directory, null, Map.of(), directory, false),
                        engine.address(),
                        properties,
                        properties.startingWith("docker."));
        return BuildKey.of(context(), inputs, engine.connect());
    }

    private BuildContext context() {
        return new BuildContext(directory, directory.resolve("Dockerfile"), List.of(BASE), List.of(), contextKey);
    }

    private BuiltImages built() {
        return new BuiltImages(directory.resolve("builds"));
    }

    /** One that cannot run anything. */
    private Fabric8 fabric8() {
        BuildPluginManager plugins = (BuildPluginManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BuildPluginManager.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return new Fabric8(project, session, plugins);
    }
}
