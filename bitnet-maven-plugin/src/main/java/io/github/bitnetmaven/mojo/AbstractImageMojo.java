package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.configuration.BackendParameters;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageParameters;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.ModelParameters;
import io.github.bitnetmaven.deployment.Descriptors;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that make an image, or a part of it. */
abstract class AbstractImageMojo extends AbstractBitnetMojo {
    /**
     * The image: {@code <name>} ({@code bitnet.image}, default {@code artifactId:version}), {@code <variant>} ({@code
     * bitnet.variant}), {@code <baseImage>} ({@code bitnet.baseImage}, default by variant), {@code <port>} ({@code
     * bitnet.port}, default 8001), {@code <platforms>} ({@code bitnet.platforms}) and {@code <pinDigests>} ({@code
     * bitnet.pinDigests}: base and builder images are named by their digests); for the variant python also {@code
     * <server>} ({@code bitnet.server}), a Python script in place of the server that comes with the plugin, and {@code
     * <serverRequirements>} ({@code bitnet.serverRequirements}), its packages, pinned with hashes. A property beats its
     * element.
     */
    @Parameter
    private @Nullable ImageParameters image;

    /** What builds the image: {@code docker}, {@code jib} or {@code auto}. The property beats the element. */
    @Parameter(property = "bitnet.engine", defaultValue = "auto")
    private @Nullable String engine;

    /**
     * The native backend: {@code <git>} and {@code <revision>}, or a {@code <directory>} instead; {@code <compileIn>}
     * ({@code container} or {@code host}), {@code <builderImage>}, {@code <kernels>} ({@code i2_s}, {@code tl1} or {@code
     * tl2}), {@code <linkage>} ({@code static} or {@code shared}), {@code <executables>} and {@code <cmakeArguments>}.
     * Each has a property, such as {@code bitnet.backend.revision}, which beats the element.
     */
    @Parameter
    private @Nullable BackendParameters backend;

    /**
     * The model: the {@code <name>} of an entry of the catalogue ({@code bitnet.model}), or a {@code <file>} ({@code
     * bitnet.model.file}), or a {@code <url>} ({@code bitnet.model.url}) with its {@code <sha256>} ({@code
     * bitnet.model.sha256}); and its {@code <placement>} ({@code bitnet.model.placement}): {@code embedded}, {@code
     * volume} or {@code download}. A property beats its element.
     */
    @Parameter
    private @Nullable ModelParameters model;

    /**
     * PEM file of certificates that are trusted during the build and never get into the image. The property beats the
     * element.
     */
    @Parameter(property = "bitnet.caCertificates")
    private @Nullable String caCertificates;

    /**
     * Which descriptions of how the image is run are written into {@code target/bitnet/deploy}: {@code compose} (a file
     * for docker compose), {@code kubernetes} (a manifest); by default none. The property, a list separated by commas,
     * beats the element.
     */
    @Parameter(property = "bitnet.deployments")
    private @Nullable List<String> deployments;

    /** Validates all of it; what is wrong is told at once. */
    BuildInput input() throws ConfigurationException {
        Configuration configuration = configuration();
        configuration.engine(engine);
        ImageSettings settings = configuration.image(image, defaultImage());
        BuildInput input = new BuildInput(
                settings,
                configuration.backend(backend, settings.variant()),
                configuration.model(model),
                configuration.caCertificates(caCertificates),
                Descriptors.of(configuration.deployments(deployments)),
                configuration.pinDigests(image));
        configuration.throwIfAny();
        return input;
    }
}
