package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.file.ComparisonJsonWriter;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.GrowthComparison;
import io.github.bitnetmaven.audit.growth.GrowthException;
import io.github.bitnetmaven.audit.growth.GrowthReference;
import io.github.bitnetmaven.audit.growth.Snapshot;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.configuration.ReferenceLocation;
import io.github.bitnetmaven.report.console.ComparisonTable;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.report.markdown.ComparisonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds two images side by side. */
final class ImageComparison {
    private static final String JSON = "compare.json";
    private static final String MARKDOWN = "compare.md";
    static final List<String> FILES = List.of(JSON, MARKDOWN);

    /**
     * What is compared.
     *
     * @param location null when nothing was named
     * @param baseImage {@code scratch} for none
     */
    record Side(@Nullable ReferenceLocation location, String baseImage) {}

    private final Wiring wiring;
    private final References references;
    private final ReportDirectory directory;

    ImageComparison(Wiring wiring, References references, ReportDirectory directory) {
        this.wiring = wiring;
        this.references = references;
        this.directory = directory;
    }

    void run(Side one, Side other) throws BitnetException {
        GrowthReference from = opened(one);
        GrowthReference to = opened(other);
        Snapshot before = from.snapshot();
        Snapshot after = to.snapshot();
        Growth growth = GrowthComparison.compare(from.anyImage(), after);
        directory.write(JSON, out -> ComparisonJsonWriter.write(before, after, growth, out));
        byte[] markdown = ComparisonText.of(before, after, growth).getBytes(StandardCharsets.UTF_8);
        directory.write(MARKDOWN, out -> out.write(markdown));
        ComparisonTable.of(before, after, growth, wiring.style()).forEach(wiring.log()::info);
        wiring.log().info("Written: " + directory.resolve(JSON) + " and " + MARKDOWN);
    }

    private GrowthReference opened(Side side) throws BitnetException {
        ReferenceLocation location = side.location();
        GrowthReference found =
                location == null ? null : references.open(location, references.baseDiffIds(location, side.baseImage()));
        if (found == null) {
            throw new GrowthException("There is nothing at " + (location == null ? "" : Printable.of(location.text()))
                    + ". Name an image with image:NAME or registry:NAME, or the path of an archive, an OCI layout, an"
                    + " audit.json or a baseline.");
        }
        return found;
    }
}
