package io.github.bitnetmaven.it.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.bitnetmaven.audit.history.History;
import io.github.bitnetmaven.audit.history.HistoryEntry;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Outcome;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.ReportChoice;
import io.github.bitnetmaven.report.Reports;
import io.github.bitnetmaven.report.format.BuildServer;
import io.github.bitnetmaven.report.format.ReportDirectory;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** An audit of a made-up image, as somebody else may have left it: {@code audit.json} and an inventory that fits. */
final class SampleAudit {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIGEST = "sha256:%012x" + "0".repeat(52);

    private record SampleFile(long bytes, int layer, String component) {}

    private final Map<String, SampleFile> files = new TreeMap<>();
    private final List<String> layers = new ArrayList<>();
    private final ArrayNode budgets = JSON.createArrayNode();
    private final ArrayNode findings = JSON.createArrayNode();
    private final String name;
    private int baseLayers;
    private JsonNode growth = JSON.nullNode();
    private final List<HistoryEntry> history = new ArrayList<>();

    SampleAudit(String name) {
        this.name = name;
    }

    /** A model, a server and nothing else: every budget is kept. */
    static SampleAudit lean() {
        return new SampleAudit("acme/bitnet:1.0")
                .layer("COPY --from=build --chown=65532:65532 /out/rootfs/ /", false)
                .file("app/bin/llama-server", 4_812_344, "backend")
                .file("app/bin/bitnet-probe", 68_120, "backend")
                .file("etc/passwd", 88, "system")
                .layer("COPY --chown=65532:65532 model.gguf /app/models/BitNet-b1.58-2B-4T.gguf", false)
                .file("app/models/BitNet-b1.58-2B-4T.gguf", 1_187_801_280, "model")
                .budget("image", "the image", 1_400_000_000)
                .budget("withoutModel", "the image without its model", 5_000_000);
    }

    /** Python on Debian, with what people forget in it; as many files as are wanted. */
    static SampleAudit fat(int count) {
        SampleAudit audit = new SampleAudit("registry.example.org/team/llm/bitnet-python:2026.11-rc1")
                .layer("ADD rootfs.tar.xz / # debian:bookworm-slim", true);
        String[] packages = {"perl", "python3.11", "gcc/x86_64-linux-gnu/12", "locale", "git-core", "apt"};
        for (int i = 0; i < count * 2 / 5; i++) {
            audit.file("usr/lib/%s/part%02d/file_%05d.so".formatted(packages[i % 6], i / 6 % 17, i), size(i, 40_000), "base");
        }
        audit.layer("RUN apt-get update && apt-get install -y --no-install-recommends build-essential cmake git python3-pip", false)
                .file("usr/bin/cmake", 9_900_112, "tools")
                .file("usr/bin/git", 3_700_048, "tools")
                .file("usr/libexec/gcc/x86_64-linux-gnu/12/cc1plus", 28_117_464, "tools")
                .file("var/lib/apt/lists/mirror.example.org_debian_dists_bookworm_main_binary-amd64_Packages", 46_331_804, "leftovers");
        audit.layer("RUN pip install -r requirements.txt # torch, transformers, numpy, sentencepiece", false)
                .file("usr/local/lib/python3.11/site-packages/torch/lib/libtorch_cpu.so", 412_903_777, "python");
        for (int i = 0; i < count * 3 / 5 - 9; i++) {
            audit.file("usr/local/lib/python3.11/site-packages/%s/m%02d/mod_%05d.py".formatted(
                    List.of("torch", "transformers", "numpy", "sympy", "networkx").get(i % 5), i / 5 % 23, i), size(i, 21_000), "python");
        }
        audit.layer("COPY . /app", false)
                .file("app/.git/objects/pack/pack-5d1c.pack", 31_554_432, "leftovers")
                .file("app/server.py", 8_113, "backend")
                .layer("COPY models/ /app/models/", false)
                .file("app/models/ggml-model-i2_s.gguf", 1_187_801_280, "model")
                .layer("CMD [\"python3\", \"/app/server.py\"]", false);
        return audit.budget("image", "the image", 2_500_000_000L)
                .budget("withoutModel", "the image without its model", 200_000_000)
                .budget("paths", "/var/lib/apt/**", 1_000_000)
                .budget("layer", "the largest layer", 1_300_000_000)
                .finding("BN001", "Version-control data", "app/.git/objects/pack/pack-5d1c.pack", 3, 31_554_432,
                        "Copy only what runs, or add .git to .dockerignore.")
                .finding("BN004", "Build tools", "usr/libexec/gcc/x86_64-linux-gnu/12/cc1plus", 1, 28_117_464,
                        "Compile in a first stage, and copy the result from there.")
                .finding("BN004", "Build tools", "usr/bin/cmake", 1, 9_900_112,
                        "Compile in a first stage, and copy the result from there.")
                .finding("BN013", "Runs as root", "", -1, 0, "Add USER 65532 to the Dockerfile.")
                .grown();
    }

    /** As {@link #lean}, after so many revisions that each added a little; the model was replaced in the middle. */
    static SampleAudit drifting(int revisions) {
        SampleAudit audit = lean();
        long own = audit.bytes() - audit.modelBytes();
        for (int i = 0; i < revisions; i++) {
            long then = own - (revisions - 1L - i) * 40_000 + (i % 5 == 3 && i < revisions - 1 ? 55_001 : 0);
            long model = i < revisions / 2 ? 1_100_048_384L : audit.modelBytes();
            Sizes sizes = new Sizes(then + model, then + model, 0, model, then, then + model, null, 2, audit.fileCount());
            boolean last = i == revisions - 1;
            audit.history.add(new HistoryEntry(
                    "%08x".formatted(i * 0x9E3779B1 | 1).repeat(5),
                    Instant.parse("2026-10-01T09:30:00Z").plus(Duration.ofHours(i * 30L)),
                    audit.name,
                    last ? DIGEST.formatted(0xbeefcafe1234L) : DIGEST.formatted(i),
                    "linux/amd64",
                    i > revisions - 4 ? Outcome.FAIL : i % 7 == 4 ? Outcome.WARN : Outcome.PASS,
                    sizes,
                    then,
                    0,
                    List.of()));
        }
        return audit.drift(12);
    }

    /** The budget of growth, against the smallest of the last audits. */
    private SampleAudit drift(int window) {
        long own = bytes() - modelBytes();
        long lowest = history.subList(history.size() - 1 - window, history.size()).stream().mapToLong(HistoryEntry::ownBytes).min().orElseThrow();
        long limit = lowest + lowest / 50;
        budgets.addObject().put("budget", "growth").put("subject", "last " + window + " audits").put("limit", "2%").put("limitBytes", limit)
                .put("actualBytes", own).put("unit", "bytes").put("level", "ERROR").put("verdict", own > limit ? "fail" : "pass")
                .put("actual", "+" + ByteSize.print(own - lowest)).put("difference", ByteSize.print(Math.abs(own - limit)) + (own > limit ? " over" : " left"))
                .put("message", "The image has drifted.").putNull("reason").putArray("contributors");
        return this;
    }

    /** Somebody else wrote the history. */
    SampleAudit revision(String revision) {
        history.replaceAll(entry -> new HistoryEntry(revision, entry.time(), entry.image(), entry.id(), entry.platform(), entry.outcome(),
                entry.sizes(), entry.ownBytes(), entry.baseBytes(), entry.components()));
        return this;
    }

    private static long size(int i, int most) {
        return 61 + (long) i * i % 7 * most / 3 + (long) i * 7919 % most;
    }

    SampleAudit layer(String createdBy, boolean base) {
        layers.add(createdBy);
        baseLayers += base ? 1 : 0;
        return this;
    }

    /** A file of the last layer. */
    SampleAudit file(String path, long bytes, String component) {
        files.put(path, new SampleFile(bytes, layers.size() - 1, component));
        return this;
    }

    /** A budget against all bytes, those without the model, or those below a path. */
    SampleAudit budget(String budget, String subject, long limit) {
        long actual = switch (budget) {
            case "image" -> bytes();
            case "layer" -> 1_187_801_280;
            case "withoutModel" -> bytes() - modelBytes();
            default -> files.entrySet().stream()
                    .filter(file -> file.getKey().startsWith(subject.substring(1, Math.max(1, subject.length() - 2))))
                    .mapToLong(file -> file.getValue().bytes())
                    .sum();
        };
        boolean kept = actual <= limit;
        ObjectNode node = budgets.addObject();
        node.put("budget", budget).put("subject", subject).put("limit", ByteSize.print(limit).replace(" ", ""));
        node.put("limitBytes", limit).put("actualBytes", actual).put("unit", "bytes");
        node.put("level", budget.equals("paths") ? "WARN" : "ERROR").put("verdict", kept ? "pass" : budget.equals("paths") ? "warn" : "fail");
        node.put("actual", ByteSize.print(actual));
        node.put("difference", ByteSize.print(Math.abs(limit - actual)) + (kept ? " left" : " over"));
        node.put("message", kept ? budget + " is kept." : "%s is %s, but at most %s are allowed: %s too many.".formatted(
                subject, ByteSize.print(actual), ByteSize.print(limit), ByteSize.print(actual - limit)));
        node.put("reason", budget.equals("paths") ? "apt lists are not needed at run time" : null);
        ArrayNode contributors = node.putArray("contributors");
        if (!kept) {
            files.entrySet().stream()
                    .filter(file -> !file.getValue().component().equals("model"))
                    .sorted(Map.Entry.<String, SampleFile>comparingByValue((one, other) -> Long.compare(other.bytes(), one.bytes())))
                    .limit(4)
                    .forEach(file -> contributors.addObject().put("path", file.getKey())
                            .put("bytes", file.getValue().bytes()).put("layer", file.getValue().layer()));
        }
        return this;
    }

    /** Against a baseline in which the model was a little smaller and the server another. */
    SampleAudit grown() {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("against").put("kind", "baseline").put("where", "src/image-baseline.json").put("image", name).putNull("id");
        root.set("before", sizes(bytes() - 9_000_000, modelBytes()));
        root.set("after", sizes(bytes(), modelBytes()));
        root.put("base", "same");
        ArrayNode parts = root.putArray("parts");
        change(parts.addObject().put("part", "own"), 51_000_000, 60_000_000);
        change(parts.addObject().put("part", "model"), 1_187_801_280, 1_187_801_280);
        change(parts.addObject().put("part", "base"), 80_000_000, 80_000_000);
        change(parts.addObject().put("part", "image"), bytes() - 9_000_000, bytes());
        change(root.putArray("components").addObject().put("name", "tools"), 32_717_624, 41_717_624);
        change(root.putArray("layers").addObject().put("before", 1).put("after", 1).put("createdBy", layers.get(1)).put("base", false), 79_000_000, 88_000_000);
        change(root.putArray("directories").addObject().put("name", "usr/bin"), 4_600_160, 13_600_160);
        ArrayNode changed = root.putArray("files");
        change(changed.addObject().put("path", "usr/bin/cmake").put("kind", "added").put("component", "tools"), 0, 9_900_112);
        change(changed.addObject().put("path", "usr/bin/make").put("kind", "removed").put("component", "tools"), 900_112, 0);
        change(root.putArray("moved").addObject().put("path", "app/server.py").put("kind", "moved").put("component", "backend").put("from", "srv/server.py"), 8_113, 8_113);
        root.putObject("totals").put("filesCompared", true).put("addedBytes", 9_900_112).put("addedFiles", 1).put("removedBytes", 900_112)
                .put("removedFiles", 1).put("resizedBytes", 0).put("resizedFiles", 0).put("movedBytes", 8_113).put("movedFiles", 1);
        growth = root;
        return this;
    }

    private static void change(ObjectNode node, long before, long after) {
        node.put("beforeBytes", before).put("afterBytes", after);
    }

    private ObjectNode sizes(long bytes, long model) {
        return JSON.createObjectNode().put("unpackedBytes", bytes).put("visibleBytes", bytes).put("wastedBytes", 0)
                .put("modelBytes", model).put("withoutModelBytes", bytes - model).put("ownBytes", bytes - layerBytes(0, baseLayers))
                .putNull("packedBytes").put("layerCount", layers.size()).put("fileCount", files.size());
    }

    SampleAudit finding(String rule, String title, String path, int layer, long bytes, String advice) {
        findings.addObject().put("rule", rule).put("title", title).put("path", path).put("layer", layer).put("bytes", bytes).put("advice", advice);
        return this;
    }

    long bytes() {
        return files.values().stream().mapToLong(SampleFile::bytes).sum();
    }

    int fileCount() {
        return files.size();
    }

    private long modelBytes() {
        return files.values().stream().filter(file -> file.component().equals("model")).mapToLong(SampleFile::bytes).sum();
    }

    /** Writes {@code audit.json} and the inventory, and makes these reports of them. */
    Path render(Path directory, String... reports) throws Exception {
        Files.createDirectories(directory);
        JSON.writeValue(directory.resolve(Reports.AUDIT).toFile(), audit());
        inventory(directory.resolve(Reports.INVENTORY));
        reports(directory, reports).withHistory(new History(history, false)).writeAgain(directory.resolve(Reports.AUDIT));
        return directory;
    }

    /** Makes the HTML report of an audit that could not be done. */
    static void renderFailed(Path directory, String image, String error) throws Exception {
        reports(directory, "html").writeFailed(image, error);
    }

    private static Reports reports(Path directory, String... names) throws Exception {
        return new Reports(
                new ReportDirectory(directory),
                ReportChoice.of(List.of(names), BuildServer.none()),
                ReportSettings.plain(),
                line -> {},
                line -> {});
    }

    private ObjectNode audit() {
        String outcome = budgets.toString().contains("\"fail\"") ? "fail" : budgets.toString().contains("\"warn\"") ? "warn" : "pass";
        ObjectNode root = JSON.createObjectNode().put("schema", "bitnet-audit/1").put("outcome", outcome);
        root.putObject("image").put("name", name).put("id", DIGEST.formatted(0xbeefcafe1234L)).put("source", "engine").put("platform", "linux/amd64");
        root.set("sizes", sizes(bytes(), modelBytes()));
        ArrayNode layerNodes = root.putArray("layers");
        for (int i = 0; i < layers.size(); i++) {
            int index = i;
            List<SampleFile> own = files.values().stream().filter(file -> file.layer() == index).toList();
            layerNodes.addObject().put("index", i).put("diffId", DIGEST.formatted(i + 1)).put("createdBy", layers.get(i)).put("base", i < baseLayers)
                    .put("unpackedBytes", own.stream().mapToLong(SampleFile::bytes).sum()).putNull("packedBytes")
                    .put("modelBytes", own.stream().filter(file -> file.component().equals("model")).mapToLong(SampleFile::bytes).sum())
                    .put("fileCount", own.size());
        }
        Map<String, long[]> sums = new TreeMap<>();
        files.values().forEach(file -> {
            long[] sum = sums.computeIfAbsent(file.component(), key -> new long[2]);
            sum[0] += file.bytes();
            sum[1]++;
        });
        ArrayNode components = root.putArray("components");
        sums.forEach((key, sum) -> components.addObject().put("name", key).put("bytes", sum[0]).put("fileCount", sum[1]));
        root.set("budgets", budgets);
        root.set("findings", findings);
        root.set("growth", growth);
        return root.putNull("error");
    }

    private long layerBytes(int from, int to) {
        return files.values().stream().filter(file -> file.layer() >= from && file.layer() < to).mapToLong(SampleFile::bytes).sum();
    }

    private void inventory(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            for (Map.Entry<String, SampleFile> each : files.entrySet()) {
                ObjectNode line = JSON.createObjectNode().put("path", each.getKey()).put("bytes", each.getValue().bytes())
                        .put("layer", each.getValue().layer()).put("component", each.getValue().component());
                out.write(JSON.writeValueAsBytes(line));
                out.write('\n');
            }
        }
    }
}
