package io.github.bitnetmaven.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.backend.Architecture;
import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.RuntimeArtifacts;
import io.github.bitnetmaven.backend.RuntimeArtifacts.Artifact;
import io.github.bitnetmaven.backend.Trees;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContextWriterTest {
    private static final ImageLabels LABELS =
            new ImageLabels("Acme's server", "1.0", "0123abc", "https://example.org/acme", "Apache-2.0");

    @TempDir
    Path temp;

    private Path context;

    @BeforeEach
    void tree() {
        Trees.bitnet(temp.resolve("tree"));
        context = temp.resolve("target/context");
    }

    private BackendPlan plan() throws Exception {
        return Trees.plan(temp.resolve("tree"));
    }

    private ContextRequest request(@Nullable RuntimeArtifacts artifacts, String startFrom, @Nullable Path certificates)
            throws Exception {
        ImageSettings image = new ImageSettings("acme/bitnet:1.0", Variant.NATIVE, "scratch", 8001, List.of());
        return new ContextRequest(
                context, image, plan().settings(), plan(), artifacts, startFrom, "ggml-model-i2_s.gguf", certificates, LABELS);
    }

    private RuntimeArtifacts artifacts() throws IOException {
        Path root = temp.resolve("backend");
        Trees.write(root, "app/bin/llama-server", "server");
        Trees.write(root, "app/bin/bitnet-probe", "probe");
        Trees.write(root, "app/lib/libllama.so", "library");
        assertThat(root.resolve("app/bin/llama-server").toFile().setExecutable(true)).isTrue();
        return new RuntimeArtifacts(
                root,
                List.of(new Artifact("app/bin/bitnet-probe", 5), new Artifact("app/bin/llama-server", 6)),
                List.of(new Artifact("app/lib/libllama.so", 7)));
    }

    private Map<String, FileTime> written() throws IOException {
        Map<String, FileTime> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(context)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(context.relativize(path).toString(), Files.getLastModifiedTime(path));
            }
        }
        return files;
    }

    @Test
    void stageOneCompilesAndStageTwoTakesOnlyWhatRuns() throws Exception {
        BuildContext written = ContextWriter.write(request(null, "scratch", null));

        String text = Files.readString(written.dockerfile());
        assertThat(text).contains("FROM debian:bookworm-slim AS backend\n");
        assertThat(text).contains("ADD backend.tar.gz /src/\n");
        assertThat(text).contains("LABEL io.github.bitnetmaven.stage=\"" + plan().key() + "\"\n");
        assertThat(text).contains("RUN touch include/bitnet-lut-kernels.h\n");
        assertThat(text).contains(" \\\n    && cmake --build /build --target llama-server \\\n    && cc ");
        assertThat(text)
                .endsWith(
                        """
                        # Stage two is the image: only what runs.
                        FROM scratch
                        COPY --from=backend /runtime/ /
                        ENV MODEL_PATH="/app/models/ggml-model-i2_s.gguf" \\
                            BITNET_PORT="8001"
                        EXPOSE 8001
                        USER 65532:65532
                        HEALTHCHECK --interval=10s --timeout=6s --start-period=300s --retries=3 \\
                            CMD ["/app/bin/bitnet-probe", "health"]
                        ENTRYPOINT ["/app/bin/bitnet-probe", "serve", "/app/bin/llama-server"]
                        LABEL io.github.bitnetmaven.image="acme/bitnet:1.0" \\
                            org.opencontainers.image.title="Acme's server" \\
                            org.opencontainers.image.version="1.0" \\
                            org.opencontainers.image.revision="0123abc" \\
                            org.opencontainers.image.source="https://example.org/acme" \\
                            org.opencontainers.image.licenses="Apache-2.0"
                        """);
        assertThat(text.lines().filter(line -> line.startsWith("FROM "))).hasSize(2);
        assertThat(written().keySet())
                .containsExactlyInAnyOrder(
                        ".dockerignore",
                        ".maven-dockerignore",
                        "Dockerfile",
                        "backend.tar.gz",
                        "bitnet-probe.c",
                        "collect-runtime.sh");
        assertThat(written.stageKeys()).containsExactly(plan().key());
        assertThat(written.directory()).isEqualTo(context);
    }

    @Test
    void nothingThatOneBuilderDoesNotKnowIsUsed() throws Exception {
        String text = Files.readString(
                ContextWriter.write(request(null, "scratch", null)).dockerfile());
        assertThat(text).doesNotContain("--mount", "--chmod", "--link", "<<", "# syntax", "--platform");
    }

    @Test
    void anEmbeddedModelIsTheLowestLayer() throws Exception {
        String text = Files.readString(
                ContextWriter.write(request(null, "bitnet-model:0123abcd", null)).dockerfile());
        assertThat(text)
                .contains(
                        """
                        # Stage two is the image: the base with the model in it, and above it only what runs.
                        FROM bitnet-model:0123abcd
                        COPY --from=backend /runtime/ /
                        """);
    }

    @Test
    void artifactsOfTheHostAreCopiedWithFixedTimes() throws Exception {
        BuildContext written = ContextWriter.write(request(artifacts(), "scratch", null));

        assertThat(written.dockerfile())
                .content()
                .contains(
                        """
                        # Stage one takes what was compiled on the host (-Dbitnet.backend.compileIn=host).
                        FROM scratch AS backend
                        COPY runtime/ /runtime/
                        """)
                .doesNotContain("RUN ");
        assertThat(written().keySet())
                .containsExactlyInAnyOrder(
                        ".dockerignore",
                        ".maven-dockerignore",
                        "Dockerfile",
                        "runtime/app/bin/bitnet-probe",
                        "runtime/app/bin/llama-server",
                        "runtime/app/lib/libllama.so");
        assertThat(context.resolve("runtime/app/bin/llama-server")).isExecutable();
        for (String path : List.of("runtime", "runtime/app/lib", "runtime/app/bin/llama-server")) {
            assertThat(Files.getLastModifiedTime(context.resolve(path))).isEqualTo(FileTime.fromMillis(1000));
        }
    }

    @Test
    void theImagesThatItStartsFromAreTold() throws Exception {
        assertThat(ContextWriter.write(request(null, "scratch", null)).startsFrom())
                .containsExactly("debian:bookworm-slim");
        assertThat(ContextWriter.write(request(null, "bitnet-model:0123abcd", null)).startsFrom())
                .containsExactly("debian:bookworm-slim", "bitnet-model:0123abcd");
        assertThat(ContextWriter.write(request(artifacts(), "scratch", null)).startsFrom()).isEmpty();
    }

    @Test
    void stagesAreNoImages() {
        assertThat(Dockerfile.startsFrom(
                        """
                        # FROM nothing
                        FROM a:1 AS one
                        RUN true \\
                            FROM b
                        FROM one AS two
                        COPY --from=one /x /
                        COPY --from=c@sha256:ab /x /
                        FROM a:1
                        """))
                .containsExactly("a:1", "c@sha256:ab");
    }

    @Test
    void whatIsUnchangedIsNotWrittenAgain() throws Exception {
        BuildContext first = ContextWriter.write(request(null, "scratch", null));
        for (String name : written().keySet()) {
            if (!name.equals("backend.tar.gz")) {
                Files.setLastModifiedTime(context.resolve(name), FileTime.fromMillis(7000));
            }
        }
        Map<String, FileTime> before = written();
        assertThat(ContextWriter.write(request(null, "scratch", null))).isEqualTo(first);
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void aChangedSourceIsPackedAgain() throws Exception {
        BuildContext first = ContextWriter.write(request(null, "scratch", null));
        byte[] archive = Files.readAllBytes(context.resolve("backend.tar.gz"));
        Trees.write(temp.resolve("tree"), "include/ggml-bitnet.h", "#pragma twice\n");
        BuildContext second = ContextWriter.write(request(null, "scratch", null));
        assertThat(second.stageKeys()).isNotEqualTo(first.stageKeys());
        assertThat(second.contextKey()).isNotEqualTo(first.contextKey());
        assertThat(Files.readAllBytes(context.resolve("backend.tar.gz"))).isNotEqualTo(archive);
    }

    @Test
    void aDamagedArchiveIsPackedAgain() throws Exception {
        ContextWriter.write(request(null, "scratch", null));
        byte[] archive = Files.readAllBytes(context.resolve("backend.tar.gz"));
        Files.write(context.resolve("backend.tar.gz"), new byte[10]);
        ContextWriter.write(request(null, "scratch", null));
        assertThat(context.resolve("backend.tar.gz")).hasBinaryContent(archive);
    }

    @Test
    void whatIsNotNeededAnyMoreIsRemoved() throws Exception {
        ContextWriter.write(request(artifacts(), "scratch", null));
        Trees.write(context, "left/behind.txt", "x");
        ContextWriter.write(request(null, "scratch", null));
        assertThat(context.resolve("runtime")).doesNotExist();
        assertThat(context.resolve("left")).doesNotExist();
        ContextWriter.write(request(artifacts(), "scratch", null));
        assertThat(context.resolve("backend.tar.gz")).doesNotExist();
    }

    @Test
    void aDirectoryOfSomebodyElseIsLeftAlone() throws Exception {
        Trees.write(context, "Dockerfile", "FROM mine\n");
        assertThatThrownBy(() -> ContextWriter.write(request(null, "scratch", null)))
                .isInstanceOf(ContextException.class)
                .hasMessage("The directory " + context + " holds files that this plugin did not write, and a build context"
                        + " is to be written there. Empty it.");
        assertThat(context.resolve("Dockerfile")).hasContent("FROM mine\n");
        assertThat(written().keySet()).containsExactly("Dockerfile");
    }

    @Test
    void certificatesAreTrustedInStageOneOnly() throws Exception {
        Path pem = Files.writeString(temp.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
        String text = Files.readString(
                ContextWriter.write(request(null, "scratch", pem)).dockerfile());
        int stageTwo = text.indexOf("# Stage two");
        assertThat(text.substring(0, stageTwo)).contains("COPY ca-certificates.pem /tools/\n");
        assertThat(text.substring(stageTwo)).doesNotContain("ca-certificates");
        assertThat(context.resolve("ca-certificates.pem")).hasSameBinaryContentAs(pem);
    }

    @Test
    void generatedKernelsAreGeneratedInStageOne() throws Exception {
        Path root = temp.resolve("tree");
        BackendPlan tl2 = BackendPlan.of(
                Trees.settings(root, Kernels.TL2, Linkage.SHARED, "llama-server"),
                plan().tree(),
                Architecture.X86_64,
                "BitNet-b1.58-2B-4T",
                true);
        ContextRequest i2s = request(null, "scratch", null);
        String text = Files.readString(ContextWriter.write(new ContextRequest(
                        context, i2s.image(), tl2.settings(), tl2, null, "scratch", "ggml-model-tl2.gguf", null, LABELS))
                .dockerfile());
        assertThat(text)
                .contains(
                        "RUN python3 utils/codegen_tl2.py --model bitnet_b1_58-3B --BM 160,320,320 --BK 96,96,96 --bm 32,32,32\n")
                .contains("        '-DCMAKE_INSTALL_RPATH=$ORIGIN/../lib' \\\n")
                .contains("--into /runtime --with-libc llama-server /build/bitnet-probe\n")
                .doesNotContain("RUN touch");
    }

    @Test
    void badSettingsAreRefusedBeforeAnythingIsWritten() throws Exception {
        Path root = temp.resolve("tree");
        ImageSettings image = new ImageSettings("acme/bitnet:1.0", Variant.NATIVE, "scratch", 8001, List.of());
        assertThatThrownBy(() -> Dockerfile.check(
                        image, Trees.settings(root, Kernels.I2_S, Linkage.STATIC, "llama-cli")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<backend><executables> (-Dbitnet.backend.executables) is llama-cli, but the image starts"
                        + " llama-server. Add it to the list.");
        assertThatThrownBy(() -> Dockerfile.check(
                        image, Trees.settings(root, Kernels.I2_S, Linkage.STATIC, "llama-server", "-DX='y'")))
                .hasMessage("<backend><cmakeArguments> (-Dbitnet.backend.cmakeArguments) holds '-DX='y'', but the"
                        + " character ' cannot stand in a Dockerfile. Leave it out.");
        assertThatThrownBy(() -> Dockerfile.check(
                        new ImageSettings("acme/bitnet:1.0", Variant.PYTHON, "scratch", 8001, List.of()),
                        Trees.settings(root, Kernels.I2_S, Linkage.STATIC, "llama-server")))
                .hasMessage("<image><baseImage> (-Dbitnet.baseImage) is scratch, but there is no python3 in it. The"
                        + " variant python needs a base image with Python 3.11 or later and pip, such as"
                        + " python:3.11-slim.");
        assertThatThrownBy(() -> ContextWriter.write(request(null, "scratch\nRUN id", null)))
                .hasMessage("<image><baseImage> (-Dbitnet.baseImage) is 'scratch\\nRUN id', which is not the name of an"
                        + " image.");
        assertThat(context).doesNotExist();
    }
}
