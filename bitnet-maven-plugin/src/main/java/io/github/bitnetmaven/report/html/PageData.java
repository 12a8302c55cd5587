package io.github.bitnetmaven.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedImage;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.trend.Trend;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows, as JSON. Every list has an end; what is cut off is counted in an item of its own, so that sums
 * stay exact.
 */
final class PageData {
    private static final int MAXIMUM_LAYERS = 200;
    private static final int MAXIMUM_BUDGETS = 200;
    private static final int MAXIMUM_PATHS = 20;
    private static final int MAXIMUM_COMPONENTS = 100;
    private static final int PATH = 1_000;
    private static final int SENTENCE = 2_000;

    private final JsonGenerator json;
    private final RecordedAudit audit;

    private PageData(JsonGenerator json, RecordedAudit audit) {
        this.json = json;
        this.audit = audit;
    }

    /** Writes the data of an audit; without its files, if there are none. */
    static void write(RecordedAudit audit, @Nullable Trend trend, @Nullable FileTree files, Writer out)
            throws IOException {
        try (JsonGenerator json = PageJson.generator(out)) {
            new PageData(json, audit).write(trend, files);
        }
    }

    private void write(@Nullable Trend trend, @Nullable FileTree files) throws IOException {
        json.writeStartObject();
        json.writeStringField("outcome", audit.outcome().id());
        json.writeStringField("headline", Headline.of(audit));
        image(audit.image());
        sizes(audit.sizes());
        json.writeNumberField("unchecked", audit.uncheckedDigests().size());
        list("budgets", audit.verdicts(), MAXIMUM_BUDGETS, verdict -> 0, this::budget);
        list("layers", shownLayers(), MAXIMUM_LAYERS, RecordedLayer::unpackedBytes, this::layer);
        list("components", components(), MAXIMUM_COMPONENTS, Component::bytes, this::component);
        findings();
        new GrowthData(json).write(audit.growth());
        new TrendData(json).write(trend);
        if (files == null) {
            json.writeNullField("files");
        } else {
            json.writeArrayFieldStart("files");
            for (FileTree.Directory component : files.components()) {
                directory(component, PageJson.name(component.name), component.directories(), component.files());
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private interface Item<T> {
        void write(T item) throws IOException;
    }

    /** So many items; the rest is {@code more<Name>}: a number and bytes. */
    private <T> void list(String name, List<T> items, int limit, ToLongFunction<T> bytes, Item<T> each)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T item : items.subList(0, Math.min(limit, items.size()))) {
            each.write(item);
        }
        json.writeEndArray();
        if (items.size() > limit) {
            List<T> rest = items.subList(limit, items.size());
            json.writeObjectFieldStart("more" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
            json.writeNumberField("count", rest.size());
            json.writeNumberField("bytes", rest.stream().mapToLong(bytes).sum());
            json.writeEndObject();
        }
    }

    private void text(String name, @Nullable String text, int length) throws IOException {
        json.writeStringField(name, text == null ? null : PageJson.text(text, length));
    }

    private void image(RecordedImage image) throws IOException {
        json.writeObjectFieldStart("image");
        text("name", image.name(), PATH);
        text("id", image.id(), PATH);
        text("source", image.source(), PATH);
        text("platform", image.platform(), PATH);
        json.writeEndObject();
    }

    private void sizes(@Nullable Sizes sizes) throws IOException {
        if (sizes == null) {
            json.writeNullField("sizes");
            return;
        }
        json.writeObjectFieldStart("sizes");
        json.writeNumberField("unpackedBytes", sizes.unpackedBytes());
        json.writeNumberField("visibleBytes", sizes.visibleBytes());
        json.writeNumberField("wastedBytes", sizes.wastedBytes());
        json.writeNumberField("modelBytes", sizes.modelBytes());
        json.writeNumberField("withoutModelBytes", sizes.withoutModelBytes());
        json.writeNumberField("ownBytes", sizes.ownBytes());
        json.writeObjectField("packedBytes", sizes.packedBytes());
        json.writeNumberField("layerCount", sizes.layerCount());
        json.writeNumberField("fileCount", sizes.fileCount());
        json.writeEndObject();
    }

    private void budget(Verdict verdict) throws IOException {
        json.writeStartObject();
        text("budget", verdict.budget(), PATH);
        text("subject", verdict.subject(), PATH);
        text("limit", verdict.limit(), PATH);
        json.writeNumberField("limitValue", verdict.limitValue());
        json.writeNumberField("actualValue", verdict.actualValue());
        json.writeStringField("unit", verdict.unit().name().toLowerCase(Locale.ROOT));
        json.writeStringField("verdict", verdict.kept() ? "pass" : verdict.fails() ? "fail" : "warn");
        text("reason", verdict.reason(), SENTENCE);
        Verdict.Waived waived = verdict.waived();
        json.writeStringField("waived", waived != null && waived.inForce() ? waived.until().toString() : null);
        text("actual", verdict.actual(), PATH);
        json.writeStringField("difference", verdict.difference());
        text("message", verdict.message(), SENTENCE);
        list("contributors", verdict.contributors(), MAXIMUM_PATHS, Contributor::bytes, contributor ->
                path(contributor.path(), contributor.layer(), contributor.bytes()));
        json.writeEndObject();
    }

    private void path(String path, int layer, long bytes) throws IOException {
        json.writeStartObject();
        text("path", path, PATH);
        json.writeNumberField("layer", layer);
        json.writeNumberField("bytes", bytes);
        json.writeEndObject();
    }

    /** The largest of them, in their order; then the others. */
    private List<RecordedLayer> shownLayers() {
        List<RecordedLayer> bySize = audit.layers().stream()
                .sorted(Comparator.comparingLong(RecordedLayer::unpackedBytes)
                        .reversed()
                        .thenComparingInt(RecordedLayer::index))
                .toList();
        int shown = Math.min(MAXIMUM_LAYERS, bySize.size());
        List<RecordedLayer> layers = new ArrayList<>(bySize.subList(0, shown));
        layers.sort(Comparator.comparingInt(RecordedLayer::index));
        layers.addAll(bySize.subList(shown, bySize.size()));
        return layers;
    }

    private void layer(RecordedLayer layer) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", layer.index());
        text("diffId", layer.diffId(), PATH);
        json.writeStringField("createdBy", PageJson.instruction(layer.createdBy()));
        json.writeStringField("kind", layer.modelBytes() > 0 ? "model" : layer.base() ? "base" : "own");
        json.writeNumberField("bytes", layer.unpackedBytes());
        json.writeObjectField("packedBytes", layer.packedBytes());
        json.writeNumberField("fileCount", layer.fileCount());
        json.writeEndObject();
    }

    private List<Component> components() {
        return audit.components().stream()
                .sorted(Comparator.comparingLong(Component::bytes).reversed().thenComparing(Component::name))
                .toList();
    }

    private void component(Component component) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", PageJson.name(component.name()));
        json.writeNumberField("bytes", component.bytes());
        json.writeNumberField("fileCount", component.fileCount());
        json.writeEndObject();
    }

    /** Rule by rule, and what is advised in the same words together. */
    private void findings() throws IOException {
        Map<String, List<Finding>> groups = new TreeMap<>();
        for (Finding finding : audit.findings()) {
            String group = finding.rule() + '\0' + finding.title() + '\0' + finding.advice();
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(finding);
        }
        Comparator<Finding> largest =
                Comparator.comparingLong(Finding::bytes).reversed().thenComparing(Finding::path);
        list("findings", List.copyOf(groups.values()), MAXIMUM_BUDGETS, PageData::bytes, group -> {
            json.writeStartObject();
            text("rule", group.get(0).rule(), PATH);
            text("title", group.get(0).title(), SENTENCE);
            text("advice", group.get(0).advice(), SENTENCE);
            json.writeNumberField("bytes", bytes(group));
            list("paths", group.stream().sorted(largest).toList(), MAXIMUM_PATHS, Finding::bytes, finding ->
                    path(finding.path(), finding.layer(), finding.bytes()));
            json.writeEndObject();
        });
    }

    private static long bytes(List<Finding> findings) {
        return findings.stream().mapToLong(Finding::bytes).sum();
    }

    /** {@code [name, [children], files of the rest, bytes of the rest]}; a file is {@code [name, bytes, layer]}. */
    private void directory(
            FileTree.Directory directory,
            String name,
            List<FileTree.Directory> directories,
            List<FileTree.Leaf> files)
            throws IOException {
        json.writeStartArray();
        json.writeString(name);
        json.writeStartArray();
        for (FileTree.Directory child : directories) {
            chain(child);
        }
        for (FileTree.Leaf file : files) {
            json.writeStartArray();
            json.writeString(PageJson.name(file.name));
            json.writeNumber(file.bytes);
            json.writeNumber(file.layer);
            json.writeEndArray();
        }
        json.writeEndArray();
        if (directory.restFiles > 0) {
            json.writeNumber(directory.restFiles);
            json.writeNumber(directory.restBytes);
        }
        json.writeEndArray();
    }

    /** Directories with nothing but one directory in them are one node, {@code usr/lib}. */
    private void chain(FileTree.Directory first) throws IOException {
        FileTree.Directory directory = first;
        StringBuilder name = new StringBuilder(PageJson.name(first.name));
        List<FileTree.Directory> directories = directory.directories();
        List<FileTree.Leaf> files = directory.files();
        while (directories.size() == 1 && files.isEmpty() && directory.restFiles == 0) {
            directory = directories.get(0);
            name.append('/').append(PageJson.name(directory.name));
            directories = directory.directories();
            files = directory.files();
        }
        directory(directory, name.toString(), directories, files);
    }
}
