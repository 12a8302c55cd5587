package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.mojo.ImageComparison.Side;
import io.github.bitnetmaven.report.format.ReportDirectory;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Holds two images, archives or audits side by side: the sizes before and after, and where the difference comes from.
 * Gates nothing. Writes {@code compare.json} and {@code compare.md} into the report directory.
 */
@Mojo(name = "compare", requiresProject = false, threadSafe = true)
public final class CompareMojo extends AbstractBitnetMojo {
    /**
     * The one side: {@code image:NAME} of the engine, {@code registry:NAME}, or a path of an archive, an OCI layout, an
     * {@code audit.json} or a baseline. The property {@code bitnet.compare.before} beats the element.
     */
    @Parameter(property = "bitnet.compare.before")
    private @Nullable String before;

    /** The other side, in the same way. The property {@code bitnet.compare.after} beats the element. */
    @Parameter(property = "bitnet.compare.after")
    private @Nullable String after;

    /** Which image of an index, such as {@code linux/arm64}; by default this machine's. The property beats it. */
    @Parameter(property = "bitnet.platform")
    private @Nullable String platform;

    /** Which paths of the images are models; by default every {@code *.gguf}. */
    @Parameter
    private @Nullable List<String> modelPatterns;

    /**
     * Where the two files are written; by default {@code target/bitnet}, or {@code bitnet} without a project. The
     * property beats the element.
     */
    @Parameter(property = "bitnet.reportDirectory")
    private @Nullable String reportDirectory;

    /**
     * The base image of both, so that what it grew is told apart; by default none is known. It is looked up where its
     * side is: in the registry for {@code registry:NAME}, else on the engine. The property beats the element.
     */
    @Parameter(property = "bitnet.baseImage")
    private @Nullable String baseImage;

    /** The base image of the one side, where it is another; by default that of both. The property beats the element. */
    @Parameter(property = "bitnet.compare.before.baseImage")
    private @Nullable String beforeBaseImage;

    @Override
    void run() throws BitnetException {
        ReportDirectory directory = new ReportDirectory(reportDirectory(reportDirectory));
        directory.remove(ImageComparison.FILES);
        Configuration configuration = configuration();
        String base = configuration.baseImage("<baseImage>", "bitnet.baseImage", baseImage, "scratch");
        Side one = new Side(
                configuration.reference("<before>", "bitnet.compare.before", before),
                configuration.baseImage("<beforeBaseImage>", "bitnet.compare.before.baseImage", beforeBaseImage, base));
        Side other = new Side(configuration.reference("<after>", "bitnet.compare.after", after), base);
        PathPatterns models = PathPatterns.including(configuration.modelPatterns(modelPatterns), "<modelPatterns>");
        configuration.throwIfAny();
        String chosen = properties().apply("bitnet.platform");
        Wiring wiring = new Wiring(this);
        try (References references = new References(wiring, models, chosen == null ? platform : chosen)) {
            new ImageComparison(wiring, references, directory).run(one, other);
        }
    }
}
