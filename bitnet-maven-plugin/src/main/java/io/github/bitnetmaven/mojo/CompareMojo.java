package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.file.ComparisonJsonWriter;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.GrowthComparison;
import io.github.bitnetmaven.audit.growth.GrowthException;
import io.github.bitnetmaven.audit.growth.GrowthReference;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.configuration.Configuration;
import io.github.bitnetmaven.configuration.ReferenceLocation;
import io.github.bitnetmaven.report.console.ComparisonTable;
import io.github.bitnetmaven.report.format.ReportDirectory;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Holds two images, archives or audits side by side: the sizes before and after, and where the difference comes from.
 * Gates nothing. Writes {@code compare.json} into the report directory.
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
     * Where {@code compare.json} is written; by default {@code target/bitnet}, or {@code bitnet} without a project. The
     * property beats the element.
     */
    @Parameter(property = "bitnet.reportDirectory")
    private @Nullable String reportDirectory;

    @Override
    void run() throws BitnetException {
        ReportDirectory directory = new ReportDirectory(reportDirectory(reportDirectory));
        directory.remove(List.of("compare.json"));
        Configuration configuration = configuration();
        ReferenceLocation one = configuration.reference("<before>", "bitnet.compare.before", before);
        ReferenceLocation other = configuration.reference("<after>", "bitnet.compare.after", after);
        PathPatterns models = PathPatterns.including(configuration.modelPatterns(modelPatterns), "<modelPatterns>");
        configuration.throwIfAny();
        String chosen = properties().apply("bitnet.platform");
        Wiring wiring = new Wiring(this);
        try (References references = new References(wiring, models, chosen == null ? platform : chosen)) {
            GrowthReference from = opened(references, one);
            GrowthReference to = opened(references, other);
            Growth growth = GrowthComparison.compare(from.anyImage(), to.snapshot());
            directory.write(
                    "compare.json",
                    out -> ComparisonJsonWriter.write(from.snapshot(), to.snapshot(), growth, out));
            ComparisonTable.of(from.snapshot(), to.snapshot(), growth, wiring.style()).forEach(getLog()::info);
            getLog().info("Written: " + directory.resolve("compare.json"));
        }
    }

    private static GrowthReference opened(References references, @Nullable ReferenceLocation location)
            throws BitnetException {
        GrowthReference found = location == null ? null : references.open(location, List.of());
        if (found == null) {
            throw new GrowthException("There is nothing at " + (location == null ? "" : location.text())
                    + ". Name an image with image:NAME or registry:NAME, or the path of an archive, an OCI layout, an"
                    + " audit.json or a baseline.");
        }
        return found;
    }
}
