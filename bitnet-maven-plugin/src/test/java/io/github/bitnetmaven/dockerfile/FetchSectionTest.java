package io.github.bitnetmaven.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.backend.BackendPlan;
import io.github.bitnetmaven.backend.Trees;
import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.ImageSettings;
import io.github.bitnetmaven.configuration.Variant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchSectionTest {
    private static final String URL = "https://huggingface.co/acme/model/resolve/main/ggml-model-i2_s.gguf";
    private static final String SHA256 = "ab".repeat(32);

    @TempDir
    Path temp;

    private ContextRequest request(@Nullable ModelDownload download, @Nullable Path certificates) throws Exception {
        BackendPlan plan = Trees.plan(Trees.bitnet(temp.resolve("tree")));
        return new ContextRequest(
                temp.resolve("context"),
                new ImageSettings("acme/bitnet:1.0", Variant.NATIVE, "scratch", 8001, List.of()),
                plan.settings(),
                plan,
                null,
                "scratch",
                "ggml-model-i2_s.gguf",
                download,
                certificates,
                new ImageLabels(null, null, null, null, null));
    }

    private String dockerfile(@Nullable ModelDownload download, @Nullable Path certificates) throws Exception {
        return Files.readString(ContextWriter.write(request(download, certificates)).dockerfile());
    }

    @Test
    void theDownloadComesBeforeTheEntryPoint() throws Exception {
        assertThat(dockerfile(new ModelDownload(URL, SHA256, 1187801280), null)).endsWith(
                """
                # Stage two is the image: only what runs.
                FROM scratch
                COPY --from=fetch /runtime/ /
                COPY --from=backend /runtime/ /
                ENV MODEL_PATH="/app/models/ggml-model-i2_s.gguf" \\
                    BITNET_MODEL_URL="https://huggingface.co/acme/model/resolve/main/ggml-model-i2_s.gguf" \\
                    BITNET_MODEL_SHA256="abababababababababababababababababababababababababababababababab" \\
                    BITNET_MODEL_BYTES="1187801280" \\
                    BITNET_PORT="8001"
                EXPOSE 8001
                USER 65532:65532
                HEALTHCHECK --interval=10s --timeout=6s --start-period=3600s --retries=3 \\
                    CMD ["/app/bin/bitnet-probe", "health"]
                ENTRYPOINT ["/app/bin/bitnet-fetch", "/app/bin/bitnet-probe", "serve", "/app/bin/llama-server"]
                LABEL io.github.bitnetmaven.image="acme/bitnet:1.0"
                """);
        assertThat(temp.resolve("context/fetch/main.go")).isRegularFile();
    }

    @Test
    void theSizeOfAModelByUrlIsNotKnown() throws Exception {
        assertThat(dockerfile(new ModelDownload(URL, SHA256, -1), null)).contains("BITNET_MODEL_BYTES=\"\" \\\n");
    }

    @Test
    void theUsersCertificatesAreNeitherInTheImageNorInTheProgram() throws Exception {
        Path pem = Files.writeString(temp.resolve("ca.pem"), "certificate");
        String text = dockerfile(new ModelDownload(URL, SHA256, -1), pem);
        assertThat(text).contains("RUN cat /usr/share/ca-certificates/mozilla/*.crt >roots.pem");
        assertThat(text.substring(text.indexOf("FROM scratch"))).doesNotContain("certificates");
    }

    @Test
    void theBackendIsTheSameWithAndWithoutIt() throws Exception {
        String without = dockerfile(null, null);
        String with = dockerfile(new ModelDownload(URL, SHA256, -1), null);
        String stage = without.substring(without.indexOf("# Stage one"), without.indexOf("# Stage two"));
        assertThat(with).contains(stage);
        assertThat(without).doesNotContain("fetch");
    }

    @Test
    void whatCannotStandInADockerfileIsRefused() throws Exception {
        ContextRequest request = request(new ModelDownload("https://example.org/$m.gguf", SHA256, -1), null);
        assertThatThrownBy(() -> ContextWriter.write(request))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<model><url> (-Dbitnet.model.url) holds 'https://example.org/$m.gguf', but the character $"
                        + " cannot stand in a Dockerfile. Leave it out.");
    }
}
