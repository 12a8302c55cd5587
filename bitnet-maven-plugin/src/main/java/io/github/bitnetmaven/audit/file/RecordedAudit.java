package io.github.bitnetmaven.audit.file;

import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.component.Components;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.image.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An audit as {@code audit.json} holds it, schema {@code bitnet-audit/1}: what reports are made of, now or later, and
 * what growth is measured against. The files of the image are beside it, in the inventory.
 *
 * @param sizes null when the audit could not be done
 * @param error why the audit could not be done; else null
 * @param growth against a baseline; null when there is none
 */
public record RecordedAudit(
        Outcome outcome,
        RecordedImage image,
        @Nullable Sizes sizes,
        List<RecordedLayer> layers,
        List<Component> components,
        List<Verdict> verdicts,
        List<Finding> findings,
        List<String> uncheckedDigests,
        @Nullable String error,
        @Nullable Growth growth) {

    public RecordedAudit {
        layers = List.copyOf(layers);
        components = List.copyOf(components);
        verdicts = List.copyOf(verdicts);
        findings = List.copyOf(findings);
        uncheckedDigests = List.copyOf(uncheckedDigests);
    }

    /** An audit without a baseline. */
    public RecordedAudit(
            Outcome outcome,
            RecordedImage image,
            @Nullable Sizes sizes,
            List<RecordedLayer> layers,
            List<Component> components,
            List<Verdict> verdicts,
            List<Finding> findings,
            List<String> uncheckedDigests,
            @Nullable String error) {
        this(outcome, image, sizes, layers, components, verdicts, findings, uncheckedDigests, error, null);
    }

    /** What is kept of an audit that was done. */
    public static RecordedAudit of(
            Outcome outcome,
            Measurement measurement,
            Components components,
            List<Verdict> verdicts,
            List<Finding> findings,
            @Nullable Growth growth) {
        Image image = measurement.image();
        List<RecordedLayer> layers = image.layers().stream()
                .map(layer -> new RecordedLayer(
                        layer.index(),
                        layer.diffId(),
                        layer.createdBy(),
                        layer.base(),
                        layer.unpackedBytes(),
                        layer.packedBytes(),
                        measurement.modelBytes(layer.index()),
                        layer.fileCount()))
                .toList();
        return new RecordedAudit(
                outcome,
                new RecordedImage(
                        image.name(), image.id(), image.source().id(), image.configuration().platform()),
                measurement.sizes(),
                layers,
                components.all(),
                verdicts,
                findings,
                image.uncheckedDigests(),
                null,
                growth);
    }

    /** What is kept of an audit that could not be done. */
    public static RecordedAudit failed(String image, String error) {
        return new RecordedAudit(
                Outcome.ERROR,
                new RecordedImage(image, null, null, null),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                error);
    }
}
