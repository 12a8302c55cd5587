package io.github.bitnetmaven.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.BackendSettings;
import io.github.bitnetmaven.configuration.BackendSettings.CompileIn;
import io.github.bitnetmaven.configuration.BackendSettings.DirectoryOrigin;
import io.github.bitnetmaven.configuration.BackendSettings.Kernels;
import io.github.bitnetmaven.configuration.BackendSettings.Linkage;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.Variant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MockVariantTest {
    private static final ImageSettings IMAGE =
            new ImageSettings("acme/mock:1.0", Variant.MOCK, "scratch", 8001, List.of());

    @TempDir
    Path temp;

    private static BackendSettings backend(CompileIn compileIn) {
        return new BackendSettings(
                new DirectoryOrigin(Path.of("nowhere")),
                compileIn,
                "debian:bookworm-slim",
                Kernels.I2_S,
                Linkage.STATIC,
                List.of("llama-server"),
                List.of());
    }

    private ContextRequest request(@Nullable Path certificates) {
        return new ContextRequest(
                temp.resolve("context"),
                IMAGE,
                backend(CompileIn.CONTAINER),
                null,
                null,
                "scratch",
                null,
                certificates,
                new ImageLabels(null, null, null, null, null));
    }

    @Test
    void theServerIsCompiledInStageOneAndNothingElseIsInTheImage() throws Exception {
        BuildContext context = ContextWriter.write(request(null));
        assertThat(context.dockerfile()).content().endsWith(
                """
                # Stage two is the image: only what runs.
                FROM scratch
                COPY --from=backend /runtime/ /
                ENV BITNET_PORT="8001"
                EXPOSE 8001
                USER 65532:65532
                HEALTHCHECK --interval=2s --timeout=6s --start-period=5s --retries=3 \\
                    CMD ["/app/bin/bitnet-probe", "health"]
                ENTRYPOINT ["/app/bin/bitnet-mock"]
                LABEL io.github.bitnetmaven.image="acme/mock:1.0"
                """);
        assertThat(context.dockerfile())
                .content()
                .contains("FROM debian:bookworm-slim AS backend\n")
                .contains("apt-get install -y --no-install-recommends gcc libc6-dev libevent-dev libjansson-dev")
                .doesNotContain("MODEL_PATH");
        assertThat(context.directory().resolve("mock/main.c")).isRegularFile();
        assertThat(context.directory().resolve("probe/bitnet-probe.c")).isRegularFile();
        assertThat(context.directory().resolve("backend.tar.gz")).doesNotExist();
    }

    @Test
    void certificatesAreTrustedInStageOneOnly() throws Exception {
        Path pem = Files.writeString(temp.resolve("ca.pem"), "certificate");
        String dockerfile = Files.readString(ContextWriter.write(request(pem)).dockerfile());
        assertThat(dockerfile.substring(dockerfile.indexOf("FROM scratch"))).doesNotContain("certificates");
        assertThat(dockerfile).contains("COPY ca-certificates.pem /tools/\n");
    }

    @Test
    void compilingOnTheHostIsRefused() {
        assertThatThrownBy(() -> Dockerfile.check(IMAGE, backend(CompileIn.HOST)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<backend><compileIn> (-Dbitnet.backend.compileIn) is host, but the variant mock has no"
                        + " backend, and its server is compiled in a container only. Leave it out.");
    }
}
