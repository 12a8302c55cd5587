package io.github.bitnetmaven.mojo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.bitnetmaven.backend.HostCompiler;
import io.github.bitnetmaven.backend.SourceFetcher;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.Engine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.engine.EngineException;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.registry.CredentialSource;
import io.github.bitnetmaven.image.registry.DockerCredentials;
import io.github.bitnetmaven.image.registry.RegistryAccess;
import io.github.bitnetmaven.image.source.EngineImageSource;
import io.github.bitnetmaven.image.source.ImageCache;
import io.github.bitnetmaven.image.source.RegistryImageSource;
import io.github.bitnetmaven.model.EnvironmentProxies;
import io.github.bitnetmaven.model.ModelCatalogue;
import io.github.bitnetmaven.model.ModelException;
import io.github.bitnetmaven.model.ModelResolver;
import io.github.bitnetmaven.model.ModelStore;
import io.github.bitnetmaven.mojo.fabric8.DockerMavenPlugin;
import io.github.bitnetmaven.mojo.fabric8.Fabric8;
import io.github.bitnetmaven.mojo.fabric8.SkipProperties;
import io.github.bitnetmaven.progress.Progress;
import io.github.bitnetmaven.report.ReportChoice;
import io.github.bitnetmaven.report.Reports;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.report.format.ReportSettings;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.source.Sources;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Puts the parts together: the one place that says how each is made. */
final class Wiring {
    private final AbstractBitnetMojo goal;
    private final DockerMavenPlugin dockerMavenPlugin;
    private final Console console;
    private @Nullable EngineAddress address;
    private @Nullable Engine engine;
    private @Nullable ModelResolver modelResolver;

    Wiring(AbstractBitnetMojo goal) {
        this.goal = goal;
        this.dockerMavenPlugin = DockerMavenPlugin.of(goal.project());
        this.console = new Console(goal.session(), goal.getLog());
    }

    Log log() {
        return goal.getLog();
    }

    /** Looks a user's property up. */
    UserProperties properties() {
        return goal.properties();
    }

    Progress progress() {
        return console.progress();
    }

    /** Where docker-maven-plugin would find the engine, and docker itself. */
    EngineAddress address() throws EngineException {
        if (address == null) {
            address = EngineAddress.resolve(
                    dockerOption("dockerHost", "docker.host"),
                    dockerOption("certPath", "docker.certPath"),
                    EngineAddress.Host.current());
        }
        return address;
    }

    /** The engine, which has answered. */
    Engine engine() throws EngineException {
        if (engine == null) {
            engine = DockerEngine.connect(address());
        }
        return engine;
    }

    /** The reports of audits, in that directory. */
    Reports reports(Path directory, ReportChoice choice) {
        ReportSettings settings = new ReportSettings(console.style(), choice.server(), sources());
        return new Reports(new ReportDirectory(directory), choice, settings, log()::info, console::print);
    }

    /** Where the budgets and the instructions are written. */
    private Sources sources() {
        List<Path> poms = new ArrayList<>();
        for (MavenProject each = goal.project(); each != null && each.getFile() != null; each = each.getParent()) {
            poms.add(each.getFile().toPath());
        }
        return Sources.read(goal.baseDirectory(), poms, workDirectory().resolve("context/Dockerfile"));
    }

    SkipProperties skipProperties() {
        return new SkipProperties(dockerMavenPlugin, goal.properties());
    }

    SkippedBuilds skippedBuilds() {
        return new SkippedBuilds(goal.session());
    }

    Fabric8 fabric8(BuildPluginManager plugins) {
        return new Fabric8(goal.project(), goal.session(), plugins);
    }

    ImageBuilder imageBuilder(BuildPluginManager plugins) throws EngineException {
        BuiltImages builtImages = new BuiltImages(cacheDirectory().resolve("builds"));
        return new ImageBuilder(engine(), address(), fabric8(plugins), goal.properties(), builtImages);
    }

    /** @param caCertificates a PEM file that downloads trust, too; null for none */
    ModelResolver modelResolver(@Nullable Path caCertificates) throws ModelException {
        if (modelResolver == null) {
            modelResolver = new ModelResolver(
                    ModelCatalogue::load, new ModelStore(cacheDirectory(), System.getenv(), caCertificates));
        }
        return modelResolver;
    }

    SourceFetcher sourceFetcher() {
        return new SourceFetcher(SourceFetcher.defaultCache());
    }

    HostCompiler hostCompiler() {
        return new HostCompiler(workDirectory().resolve("backend"), workDirectory().resolve("backend-build"));
    }

    /**
     * An image of the engine.
     *
     * @param reference name or id
     */
    ImageSource engineImage(String reference) throws EngineException {
        return new EngineImageSource(engine(), reference, new ImageCache(cacheDirectory().resolve("layers")));
    }

    /**
     * An image of a registry, read with the login of Maven's settings, else of the Docker configuration.
     *
     * @param insecure whether plain HTTP is spoken to registries on other machines too
     */
    RegistryImageSource registryImage(ImageReference image, boolean insecure) {
        CredentialSource credentials = CredentialSource.firstOf(List.of(
                new SettingsCredentials(goal.session(), goal.decrypter),
                DockerCredentials.of(System.getenv(), Path.of(System.getProperty("user.home")))));
        ProxySelector proxies =
                new SettingsProxies(goal.session().getSettings(), new EnvironmentProxies(System.getenv()));
        return new RegistryImageSource(image, RegistryAccess.of(credentials, proxies, insecure));
    }

    /** The layers of the base image, lowest first; empty for {@code scratch} and for one that the engine has not. */
    List<String> diffIds(String baseImage) throws EngineException {
        List<String> diffIds = new ArrayList<>();
        if (!baseImage.equals("scratch")) {
            Optional<JsonNode> image = engine().inspectImage(baseImage);
            if (image.isPresent()) {
                image.get().path("RootFS").path("Layers").forEach(layer -> diffIds.add(layer.asText()));
            }
        }
        return diffIds;
    }

    /** How the console may look. */
    Style style() {
        return console.style();
    }

    /** What paths in the configuration are relative to. */
    Path baseDirectory() {
        return goal.baseDirectory();
    }

    /** What all projects of this user share. */
    private static Path cacheDirectory() {
        return ModelStore.defaultCache(System.getenv());
    }

    /** What this plugin writes for this project. */
    Path workDirectory() {
        return goal.workDirectory();
    }

    private @Nullable String dockerOption(String element, String property) {
        String configured = dockerMavenPlugin.configured(element);
        return configured == null ? goal.properties().apply(property) : configured;
    }
}
