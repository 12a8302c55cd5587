package io.github.bitnetmaven.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.BundledFile;
import io.github.bitnetmaven.backend.Trees;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.ServerScript;
import io.github.bitnetmaven.configuration.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PythonVariantTest {
    private static final ImageLabels LABELS = new ImageLabels("Acme's server", "1.0", null, null, null);
    private static final Path SOURCES = Path.of("../src/server/bitnet_server");

    @TempDir
    Path temp;

    private Path context;

    @BeforeEach
    void tree() {
        Trees.bitnet(temp.resolve("tree"));
        context = temp.resolve("target/context");
    }

    private String write(ServerScript server, @Nullable Path certificates) throws Exception {
        ImageSettings image = new ImageSettings(
                "acme/bitnet:1.0", Variant.PYTHON, "python:3.11-slim", 8001, List.of(), server);
        BackendPlan plan = Trees.plan(temp.resolve("tree"));
        BuildContext written = ContextWriter.write(new ContextRequest(
                context, image, plan.settings(), plan, null, "bitnet-model:0123abcd", "m.gguf", certificates, LABELS));
        assertThat(written.startsFrom())
                .containsExactly("debian:bookworm-slim", "python:3.11-slim", "bitnet-model:0123abcd");
        return Files.readString(written.dockerfile());
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(context)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> context.relativize(path).toString())
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void packagesComeFromAStageAndTheServerIsTheLastLayer() throws Exception {
        String text = write(ServerScript.OURS, null);
        assertThat(text)
                .contains(
                        """
                        FROM python:3.11-slim AS packages
                        USER 0
                        # Another index than PyPI: -Ddocker.buildArg.PIP_INDEX_URL=https://...
                        ARG PIP_INDEX_URL
                        ARG PIP_EXTRA_INDEX_URL
                        ARG PIP_TRUSTED_HOST
                        """)
                .contains(
                        """
                        COPY install.py requirements.txt /tools/
                        RUN ["python3", "/tools/install.py", "packages", "--requirements", "/tools/requirements.txt", \
                        "--root", "/python", "--into", "app/packages"]
                        # A server that cannot be imported is found out here.
                        COPY server/ /
                        RUN ["python3", "/tools/install.py", "check", "--packages", "/python/app/packages", "--server", \
                        "/app/server", "bitnet_server"]
                        """)
                .endsWith(
                        """
                        # Stage two is the image: the base with the model in it, and above it only what runs.
                        FROM bitnet-model:0123abcd
                        COPY --from=packages /python/ /
                        COPY --from=backend /runtime/ /
                        # Last, because it changes most.
                        COPY server/ /
                        ENV MODEL_PATH="/app/models/m.gguf" \\
                            BITNET_PORT="8001" \\
                            PYTHONPATH="/app/packages:/app/server" \\
                            PYTHONDONTWRITEBYTECODE="1" \\
                            PYTHONUNBUFFERED="1"
                        EXPOSE 8001
                        USER 65532:65532
                        HEALTHCHECK --interval=10s --timeout=6s --start-period=300s --retries=3 \\
                            CMD ["/app/bin/bitnet-probe", "health"]
                        ENTRYPOINT ["/app/bin/bitnet-probe", "run", "python3", "-m", "bitnet_server"]
                        LABEL io.github.bitnetmaven.image="acme/bitnet:1.0" \\
                            org.opencontainers.image.title="Acme's server" \\
                            org.opencontainers.image.version="1.0" \\
                            org.opencontainers.image.base.name="python:3.11-slim"
                        """);
        assertThat(text).doesNotContain("--mount", "--chmod", "--link", "<<", "# syntax", "--platform");
    }

    @Test
    void theBackendIsCompiledByTheVeryInstructionsOfTheVariantNative() throws Exception {
        String python = write(ServerScript.OURS, null);
        BackendPlan plan = Trees.plan(temp.resolve("tree"));
        ImageSettings image = new ImageSettings("acme/bitnet:1.0", Variant.NATIVE, "scratch", 8001, List.of());
        String other = Files.readString(ContextWriter.write(new ContextRequest(
                        context, image, plan.settings(), plan, null, "scratch", "m.gguf", null, LABELS))
                .dockerfile());
        String stage = other.substring(0, other.indexOf("\n# Stage two"));
        assertThat(python).startsWith(stage);
    }

    @Test
    void everyModuleOfTheServerIsInTheContextReadableWithFixedTimes() throws Exception {
        write(ServerScript.OURS, null);
        Set<String> modules;
        try (Stream<Path> sources = Files.list(SOURCES)) {
            modules = sources.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.endsWith(".py"))
                    .map(name -> "server/app/server/bitnet_server/" + name)
                    .collect(Collectors.toSet());
        }
        assertThat(modules).hasSizeGreaterThan(5);
        assertThat(files().stream().filter(file -> file.startsWith("server/")).collect(Collectors.toSet()))
                .isEqualTo(modules);
        for (String path : List.of("server/app/server", "server/app/server/bitnet_server/api.py")) {
            assertThat(Files.getLastModifiedTime(context.resolve(path))).isEqualTo(FileTime.fromMillis(1000));
        }
        assertThat(Files.getPosixFilePermissions(context.resolve("server/app/server/bitnet_server/api.py")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Files.readAllBytes(context.resolve("requirements.txt"))).isEqualTo(BundledFile.REQUIREMENTS.read());
    }

    @Test
    void aScriptTakesThePlaceOfOurServer() throws Exception {
        Path script = Files.writeString(temp.resolve("serve.py"), "print('mine')\n");
        Path requirements = Files.writeString(temp.resolve("mine.txt"), "flask==3.0.0 --hash=sha256:00\n");
        String text = write(new ServerScript(script, requirements), null);
        assertThat(text)
                .contains("\"--server\", \"/app/server\", \"serve.py\"]\n")
                .contains("ENTRYPOINT [\"/app/bin/bitnet-probe\", \"run\", \"python3\", \"/app/server/serve.py\"]\n");
        assertThat(files())
                .contains("server/app/server/serve.py", "requirements.txt")
                .noneMatch(file -> file.contains("bitnet_server"));
        assertThat(context.resolve("requirements.txt")).hasSameBinaryContentAs(requirements);
    }

    @Test
    void certificatesAreTrustedByPipAndInNoLayerOfTheImage() throws Exception {
        Path pem = Files.writeString(temp.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
        String text = write(ServerScript.OURS, pem);
        assertThat(text)
                .contains("COPY install.py requirements.txt ca-certificates.pem /tools/\n")
                .contains("\"app/packages\", \"--certificates\", \"/tools/ca-certificates.pem\"]\n");
        assertThat(text.substring(text.indexOf("# Stage two"))).doesNotContain("ca-certificates");
    }
}
