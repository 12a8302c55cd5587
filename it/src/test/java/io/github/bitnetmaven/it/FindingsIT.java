package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.audit.Audit;
import io.github.bitnetmaven.audit.Auditor;
import io.github.bitnetmaven.audit.budget.Budgets;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.PathPatterns;
import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.image.ImageSource;
import io.github.bitnetmaven.image.Layer;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.source.ArchiveSources;
import io.github.bitnetmaven.image.source.EngineImageSource;
import io.github.bitnetmaven.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image made the old way (everything copied, built in place, the model touched again) against its optimized twin. */
class FindingsIT {
    private static final String OLD = "bitnet-it/findings-old:1.0";
    private static final String TWIN = "bitnet-it/findings-twin:1.0";
    private static final String BUILDER = System.getProperty("bitnet.backend.builderImage");
    private static final int MODEL = 3_000_000;
    private static final int CACHE = 1_500_000;

    @TempDir
    private static Path directory;

    private static List<String> base;
    private static Audit old;
    private static Audit twin;

    @BeforeAll
    static void build() throws Exception {
        Path tree = Files.createDirectories(directory.resolve("old/BitNet"));
        copy(Path.of(System.getProperty("it.tiny.backend")), tree);
        write(tree.resolve("media/demo.gif"), 700_000);
        write(tree.resolve("3rdparty/llama.cpp/models/ggml-vocab-bpe.gguf"), 400_000);
        GitRepository.create(tree).commit("all");
        write(tree.resolve("models/model.gguf"), MODEL);
        Files.writeString(directory.resolve("old/Dockerfile"), """
                FROM %s
                RUN apt-get update && apt-get install -y --no-install-recommends gcc g++ cmake make git
                COPY BitNet /BitNet
                RUN cmake -S /BitNet -B /BitNet/build -DBUILD_SHARED_LIBS=OFF -DCMAKE_BUILD_TYPE=RelWithDebInfo && cmake --build /BitNet/build
                RUN mkdir -p /root/.cache/pip && head -c %d /dev/urandom > /root/.cache/pip/wheel
                RUN chmod 600 /BitNet/models/model.gguf && rm -r /root/.cache/pip
                CMD ["/BitNet/build/bin/llama-server"]
                """.formatted(BUILDER, CACHE));
        image("old", OLD);
        Files.createDirectories(directory.resolve("twin"));
        Files.writeString(directory.resolve("twin/Dockerfile"), """
                FROM %s AS build
                RUN strip /BitNet/build/bin/llama-server
                FROM %s
                COPY --from=build /BitNet/build/bin/llama-server /app/bin/llama-server
                COPY --from=build /BitNet/models/model.gguf /app/models/model.gguf
                USER 65532:65532
                HEALTHCHECK CMD ["/app/bin/llama-server", "--version"]
                CMD ["/app/bin/llama-server"]
                """.formatted(OLD, BUILDER));
        image("twin", TWIN);
        base = Stream.of(Docker.run("image", "inspect", "--format", "{{range .RootFS.Layers}}{{.}} {{end}}", BUILDER)
                        .strip()
                        .split(" "))
                .toList();
        old = audit(engine(OLD));
        twin = audit(engine(TWIN));
    }

    @AfterAll
    static void forget() throws Exception {
        Docker.forget(TWIN);
        Docker.forget(OLD);
    }

    private static void image(String context, String name) throws Exception {
        Docker.run(
                Map.of("DOCKER_BUILDKIT", "0"), directory.resolve(context), "build", "--quiet", "--force-rm", "--tag", name, ".");
    }

    private static ImageSource engine(String name) throws Exception {
        return new EngineImageSource(
                DockerEngine.connect(EngineAddress.resolve(null, null, EngineAddress.Host.current())), name);
    }

    private static Audit audit(ImageSource source) throws Exception {
        ReadOptions options = new ReadOptions(null, false, false, base, List.of());
        return new Auditor(Budgets.defaults(), PathPatterns.including(List.of("**/*.gguf"), "test"))
                .audit(source, options, Progress.silent());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static void write(Path file, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static long bytes(Audit audit, String rule) {
        return audit.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .mapToLong(Finding::bytes)
                .sum();
    }

    private static long fromLayer(Audit audit, int first) {
        return audit.image().layers().stream()
                .filter(layer -> layer.index() >= first)
                .mapToLong(Layer::unpackedBytes)
                .sum();
    }

    @Test
    void findingsAccountForWhatTheTwinSaves() {
        long saved = old.sizes().unpackedBytes() - twin.sizes().unpackedBytes();
        long found = old.findings().stream().mapToLong(Finding::bytes).sum();

        assertThat(found)
                .as("findings of %,d B against savings of %,d B", found, saved)
                .isBetween(saved * 95 / 100, saved);
    }

    /** The compilers are so large that they would cover a rule that finds nothing. */
    @Test
    void findingsAccountForItAlsoWithoutTheCompilers() {
        int copy = base.size() + 1;
        long saved = fromLayer(old, copy) - fromLayer(twin, base.size());
        long found = old.findings().stream()
                .filter(finding -> finding.layer() >= copy)
                .mapToLong(Finding::bytes)
                .sum();

        assertThat(found)
                .as("findings of %,d B against savings of %,d B", found, saved)
                .isBetween(saved * 95 / 100, saved);
    }

    @Test
    void eachRuleFindsItsOwn() throws IOException {
        assertThat(bytes(old, "BN001")).isEqualTo(size(directory.resolve("old/BitNet/.git"), ""));
        assertThat(bytes(old, "BN002")).isEqualTo(size(directory.resolve("old/BitNet"), ".git", "model.gguf"));
        assertThat(bytes(old, "BN003")).isGreaterThan(50_000);
        assertThat(bytes(old, "BN004")).isGreaterThan(150_000_000);
        assertThat(bytes(old, "BN005")).isGreaterThan(20_000_000);
        // Stripping also removes headers and padding of sections, a few kilobytes at most.
        long stripped = server(old, "BitNet/build/bin/llama-server") - server(twin, "app/bin/llama-server");
        assertThat(bytes(old, "BN007")).isBetween(stripped - 4096, stripped);
        assertThat(bytes(old, "BN008")).isEqualTo(MODEL);
        assertThat(bytes(old, "BN009")).isEqualTo(CACHE);
        assertThat(bytes(old, "BN011")).isGreaterThan(20_000_000);
        assertThat(old.findings()).extracting(Finding::rule).contains("BN013", "BN014").doesNotContain("BN010", "BN012");
    }

    private static long server(Audit audit, String path) {
        return audit.image().files().bytes(audit.image().files().find(path));
    }

    private static long size(Path tree, String... without) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(without)
                            .filter(name -> !name.isEmpty())
                            .noneMatch(name -> Stream.of(file.toString().split("/")).anyMatch(name::equals)))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void adviceNamesTheInstruction() {
        assertThat(old.findings())
                .filteredOn(finding -> finding.rule().equals("BN008"))
                .containsExactly(new Finding(
                        "BN008",
                        "the model stored more than once",
                        "BitNet/models/model.gguf",
                        base.size() + 1,
                        MODEL,
                        "Bring the model in one instruction with its final path, mode and owner (COPY --chmod --chown): layer "
                                + (base.size() + 4)
                                + " (RUN chmod 600 /BitNet/models/model.gguf && rm -r /root/.cac…) stores its 3 MB once more,"
                                + " and this copy stays in the image unseen."));
    }

    @Test
    void theTwinHasNoFinding() {
        assertThat(twin.findings()).isEmpty();
    }

    @Test
    void anArchiveWhoseContentsAreSkippedTellsTheSame() throws Exception {
        Path archive = directory.resolve("old.tar");
        Docker.run("save", "--output", archive.toString(), OLD);

        Audit skipped = audit(ArchiveSources.open(archive));

        assertThat(skipped.image().uncheckedDigests()).isNotEmpty();
        assertThat(skipped.findings()).isEqualTo(old.findings());
        assertThat(skipped.components().all()).isEqualTo(old.components().all());
    }

    @Test
    void debianPackagesAreComponents() {
        assertThat(old.components().all()).extracting(component -> component.name()).contains("debian/cmake", "debian/git");
        assertThat(old.components().all().stream().mapToLong(component -> component.bytes()).sum())
                .isEqualTo(old.sizes().visibleBytes());
    }
}
