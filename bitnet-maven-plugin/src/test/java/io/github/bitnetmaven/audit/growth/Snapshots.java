package io.github.bitnetmaven.audit.growth;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import java.util.List;

/** Images to compare. */
public final class Snapshots {
    private Snapshots() {}

    public static Snapshot of(TestImage image) throws BitnetException {
        Measurement measurement =
                Measurement.of(image.build(), PathPatterns.including(List.of("**/*.gguf"), "<modelPatterns>"));
        return new MeasuredSnapshot(measurement, Components.of(measurement));
    }

    public static Growth compare(TestImage before, TestImage after) throws BitnetException {
        return GrowthComparison.compare(new GrowthReference("image", "old", of(before), true), of(after));
    }
}
