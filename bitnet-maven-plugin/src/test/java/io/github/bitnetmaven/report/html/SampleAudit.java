package io.github.bitnetmaven.report.html;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.file.InventoryFile;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.file.RecordedImage;
import io.github.bitnetmaven.audit.file.RecordedLayer;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Audits of made-up images, with inventories that fit. */
final class SampleAudit {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<InventoryFile> files = new ArrayList<>();
    String image = "acme/bitnet:1.0";
    String instruction = "COPY . /app";

    SampleAudit file(String path, long bytes, String component) {
        files.add(new InventoryFile(path, bytes, 0, component));
        return this;
    }

    /** So many files, as in a system with many packages. */
    static SampleAudit ofFiles(int count) {
        SampleAudit audit = new SampleAudit();
        for (int i = 0; i < count; i++) {
            String path = "usr/lib/python3/dist-packages/package%03d/module%02d/file_%05d.py".formatted(i / 400, i / 20 % 20, i);
            audit.file(path, 97 + (long) i * 7919 % 50_000, i % 3 == 0 ? "base" : "backend");
        }
        return audit;
    }

    long bytes() {
        return files.stream().mapToLong(InventoryFile::bytes).sum();
    }

    RecordedAudit audit() {
        Map<String, Component> components = new LinkedHashMap<>();
        for (InventoryFile file : files) {
            components.merge(file.component(), new Component(file.component(), file.bytes(), 1), (one, other) ->
                    new Component(one.name(), one.bytes() + other.bytes(), one.fileCount() + other.fileCount()));
        }
        long bytes = bytes();
        return new RecordedAudit(
                Outcome.PASS,
                new RecordedImage(image, "sha256:" + "0123456789abcdef".repeat(4), "engine", "linux/amd64"),
                new Sizes(bytes, bytes, 0, 0, bytes, bytes, null, 1, files.size()),
                List.of(new RecordedLayer(0, "sha256:" + "ab".repeat(32), instruction, false, bytes, null, 0, files.size())),
                List.copyOf(components.values()),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    Path inventory(Path directory) throws IOException {
        Path file = directory.resolve("inventory.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (InventoryFile each : files) {
                out.write((JSON.writeValueAsString(each) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
