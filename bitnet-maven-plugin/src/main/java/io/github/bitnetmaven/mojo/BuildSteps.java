package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.backend.Architecture;
import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.RuntimeArtifacts;
import io.github.bitnetmaven.backend.SourceTree;
import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageReference;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.ModelSettings.CatalogueOrigin;
import io.github.bitnetmaven.configuration.ModelSettings.Placement;
import io.github.bitnetmaven.configuration.ModelSettings.UrlOrigin;
import io.github.bitnetmaven.configuration.ModelSettings;
import io.github.bitnetmaven.deployment.Deployment;
import io.github.bitnetmaven.dockerfile.BuildContext;
import io.github.bitnetmaven.dockerfile.ContextRequest;
import io.github.bitnetmaven.dockerfile.ContextWriter;
import io.github.bitnetmaven.dockerfile.Dockerfile;
import io.github.bitnetmaven.dockerfile.ImageLabels;
import io.github.bitnetmaven.dockerfile.ModelDownload;
import io.github.bitnetmaven.engine.StageWatcher;
import io.github.bitnetmaven.model.CatalogueEntry.PublishedFile;
import io.github.bitnetmaven.model.KernelCheck;
import io.github.bitnetmaven.model.ModelFile;
import io.github.bitnetmaven.model.ModelImage;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** The way from the configuration to an image; each goal goes as far as it needs. What is slow comes last. */
final class BuildSteps {
    private final Wiring wiring;
    private final BuildInput input;
    private final Log log;

    /**
     * @throws BitnetException when digests are to be pinned and an image has none
     */
    BuildSteps(Wiring wiring, BuildInput input) throws BitnetException {
        this.wiring = wiring;
        this.input = input.pinDigests() ? input.pinned(wiring.engine()) : input;
        this.log = wiring.log();
    }

    /** Refuses, before the long work, what no Dockerfile can be made of or what the engine cannot run. */
    void check() throws BitnetException {
        Dockerfile.check(input.image(), input.backend());
        Architecture engines = Architecture.of(wiring.engine().version().path("Arch").asText());
        String own = "linux/" + engines.dockerName();
        if (hasBackend() && architecture() != engines) {
            throw new ConfigurationException("<backend><compileIn> (-Dbitnet.backend.compileIn) is host, but this"
                    + " machine is " + architecture().dockerName() + " and the engine's platform is " + own
                    + ". Compile in a container.");
        }
        for (String platform : input.image().platforms()) {
            if (!platform.startsWith("linux/") || Architecture.of(platform) != engines) {
                throw new ConfigurationException("<image><platforms> (-Dbitnet.platforms) names " + platform
                        + ", but this version builds for the engine's own platform only, which is " + own
                        + ". Leave <platforms> out, or build on an engine of that platform.");
            }
        }
    }

    /** Refuses a base image that the variant cannot start from; pulls it where that has to be found out. */
    void checkBase() throws BitnetException {
        Dockerfile.checkBase(input.image(), wiring.engine(), wiring.progress());
    }

    /** The model that is embedded, on this machine and checked; null when the image holds none. */
    @Nullable ModelFile model() throws BitnetException {
        if (!input.image().variant().hasModel()) {
            return null;
        }
        ModelDownload download = download();
        if (download != null) {
            log.info("Model: none in the image, its containers download " + download.url());
            return null;
        }
        if (!embedsModel()) {
            log.info("Model: none in the image, it is mounted at " + ModelImage.MODEL_DIRECTORY + ".");
            return null;
        }
        ModelFile model = wiring.modelResolver(input.caCertificates()).resolve(input.model().origin(), wiring.progress());
        KernelCheck.check(model, input.backend().kernels());
        log.info("Model: " + model.fileName() + ", " + ByteSize.print(model.bytes()) + ", sha256 "
                + model.sha256().substring(0, 12));
        return model;
    }

    /** Fetches the source and decides how it is compiled; null when the variant has no backend. */
    @Nullable BackendPlan plan() throws BitnetException {
        if (!hasBackend()) {
            return null;
        }
        BackendSettings backend = input.backend();
        SourceTree tree = wiring.sourceFetcher().fetch(backend.origin(), wiring.progress());
        log.info("Source: " + tree.description());
        String name = input.model().origin() instanceof CatalogueOrigin catalogue ? catalogue.name() : null;
        boolean empty = input.image().baseImage().equals("scratch");
        return BackendPlan.of(backend, tree, architecture(), name, empty);
    }

    /** Compiles on the host. */
    RuntimeArtifacts compileOnHost(BackendPlan plan) throws BitnetException {
        return wiring.hostCompiler().compile(plan, wiring.progress());
    }

    /** Writes the build context; with an embedded model, the image that holds it is made where it is missing. */
    BuildContext context(
            @Nullable BackendPlan plan, @Nullable ModelFile model, ImageLabels labels)
            throws BitnetException {
        String base = input.image().baseImage();
        String from = base;
        if (model != null) {
            from = ModelImage.ensure(wiring.engine(), model, base, wiring.progress());
        }
        BuildContext context = ContextWriter.write(new ContextRequest(
                wiring.workDirectory().resolve("context"),
                input.image(),
                input.backend(),
                plan,
                plan != null && compilesOnHost() ? compileOnHost(plan) : null,
                from,
                modelFileName(model),
                download(),
                input.caCertificates(),
                labels));
        log.info("Build context: " + context.directory());
        return context;
    }

    /** The id of the image that was built of the same before and has the name again; empty when it is to be built. */
    Optional<String> unchangedImage(ImageBuilder builder, String name, BuildContext context) throws BitnetException {
        return builder.unchanged(request(name, context, null));
    }

    private ImageBuilder.Request request(String name, BuildContext context, @Nullable String target) {
        return new ImageBuilder.Request(
                name, context, target, embedsModel(), wiring.workDirectory().resolve("fabric8"));
    }

    /** Builds the image, or one stage of it, and shows how far the compile is; empty when nothing was built. */
    Optional<String> image(ImageBuilder builder, String name, BuildContext context, @Nullable String target)
            throws BitnetException, MojoExecutionException {
        String compiling =
                "Compiling " + (hasBackend() ? String.join(", ", input.backend().executables()) : "the server");
        StageWatcher watcher = StageWatcher.start(wiring.engine(), context.stageKeys(), compiling, wiring.progress());
        try (watcher) {
            return builder.build(request(name, context, target));
        } catch (MojoExecutionException e) {
            List<String> errors = watcher.lastErrors();
            if (errors.isEmpty()) {
                throw e;
            }
            throw new MojoExecutionException(e.getMessage() + "\n" + String.join("\n", errors), e);
        }
    }

    /** What the image's containers download; null when they download nothing. */
    private @Nullable ModelDownload download() throws BitnetException {
        if (!input.image().variant().hasModel() || input.model().placement() != Placement.DOWNLOAD) {
            return null;
        }
        if (input.model().origin() instanceof CatalogueOrigin named) {
            PublishedFile file = wiring.modelResolver(input.caCertificates()).published(named);
            return new ModelDownload(file.url(), file.sha256(), file.bytes());
        }
        UrlOrigin url = (UrlOrigin) input.model().origin();
        return new ModelDownload(url.url().toString(), url.sha256(), -1);
    }

    /** Writes how the image is run, where that is asked for. */
    void deployments(@Nullable ModelFile model) throws BitnetException {
        ImageSettings image = input.image();
        boolean hasModel = image.variant().hasModel();
        Deployment deployment = new Deployment(
                image,
                ImageReference.parse(image.name()),
                hasModel ? input.model().placement() : null,
                modelFileName(model),
                !hasModel ? 0 : wiring.modelResolver(input.caCertificates()).bytes(input.model().origin()));
        input.deployments()
                .write(deployment, wiring.workDirectory().resolve("deploy"))
                .forEach(file -> log.info("How to run it: " + file));
    }

    /** The name of the model that is to be embedded; null when none is. */
    @Nullable String modelFileName() throws BitnetException {
        return embedsModel() ? wiring.modelResolver(input.caCertificates()).fileName(input.model().origin()) : null;
    }

    /** Its size, before it is on this machine; 0 when it is not known or none is embedded. */
    long knownModelBytes() throws BitnetException {
        return embedsModel() ? wiring.modelResolver(input.caCertificates()).bytes(input.model().origin()) : 0;
    }

    private @Nullable String modelFileName(@Nullable ModelFile model) throws BitnetException {
        if (!input.image().variant().hasModel()) {
            return null;
        }
        return model == null ? wiring.modelResolver(input.caCertificates()).fileName(input.model().origin()) : model.fileName();
    }

    boolean hasBackend() {
        return input.image().variant().hasBackend();
    }

    boolean embedsModel() {
        return input.image().variant().hasModel() && input.model().placement() == Placement.EMBEDDED;
    }

    boolean compilesOnHost() {
        return input.backend().compileIn() == CompileIn.HOST;
    }

    private Architecture architecture() throws BitnetException {
        return compilesOnHost()
                ? Architecture.ofThisMachine()
                : Architecture.of(wiring.engine().version().path("Arch").asText());
    }
}
