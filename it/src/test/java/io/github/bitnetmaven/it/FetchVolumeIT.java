package io.github.bitnetmaven.it;

import static io.github.bitnetmaven.it.FetchContainers.awaitExit;
import static io.github.bitnetmaven.it.FetchContainers.awaitHealthy;
import static io.github.bitnetmaven.it.FetchContainers.downloadLog;
import static io.github.bitnetmaven.it.FetchContainers.log;
import static io.github.bitnetmaven.it.FetchImage.MODEL;
import static io.github.bitnetmaven.it.FetchImage.PATH;
import static io.github.bitnetmaven.it.FetchImage.SHA256;
import static io.github.bitnetmaven.it.FetchImage.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.it.ModelHost.Behaviour;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Where the download goes: volumes, disks that are too small, files that are not ours. */
class FetchVolumeIT {
    @TempDir
    static Path directory;

    @RegisterExtension
    final FetchContainers containers = new FetchContainers();

    @Test
    void withoutAVolumeAReadOnlyContainerSaysWhatToMount() throws Exception {
        containers.mountNoVolume();
        String container = containers.start("--env", "BITNET_MODEL_URL=http://127.0.0.1:1/m.gguf");
        assertThat(awaitExit(container)).isEqualTo(1);
        assertThat(log(container))
                .isEqualTo("bitnet-fetch: The model is to be downloaded to /app/models, but user id 65532 cannot write there:"
                        + " read-only file system. Mount a volume that it can write to, as in: docker run -v"
                        + " bitnet-models:/app/models ...; for a directory of the host, run chown 65532 on it first.");
    }

    @Test
    void aDiskThatIsTooSmallIsToldBefore() throws Exception {
        containers.mountNoVolume();
        try (ModelHost host = new ModelHost(MODEL)) {
            String container = containers.start(
                    "--tmpfs", "/app/models:size=128k,mode=1777", "--env", "BITNET_MODEL_URL=" + host.address() + PATH);
            assertThat(awaitExit(container)).isEqualTo(1);
            assertThat(log(container))
                    .endsWith("bitnet-fetch: The disk of /app/models has 131.1 kB free, but the model needs 300.0 kB more."
                            + " Mount a larger volume, or free some room.");
        }
    }

    @Test
    void aDiskThatBecomesFullIsTold() throws Exception {
        containers.mountNoVolume();
        try (ModelHost host = new ModelHost(MODEL, Behaviour.CHUNKED)) {
            String container = containers.start(
                    "--tmpfs", "/app/models:size=128k,mode=1777",
                    "--env", "BITNET_MODEL_BYTES=",
                    "--env", "BITNET_MODEL_URL=" + host.address() + PATH);
            assertThat(awaitExit(container)).isEqualTo(1);
            assertThat(log(container))
                    .contains("bitnet-fetch: The disk became full while the model was downloaded to /app/models/model.gguf."
                            + " What has come (")
                    .endsWith(" is kept; free some room or mount a larger volume, and the next start goes on from there.");
        }
    }

    @Test
    void aFileThatIsNotOursIsLeftAlone() throws Exception {
        Path other = Files.writeString(directory.resolve("other.gguf"), "GGUF of somebody else");
        String container = containers.start("--volume", other + ":/app/models/model.gguf:ro");
        assertThat(awaitExit(container)).isEqualTo(1);
        assertThat(log(container))
                .endsWith("bitnet-fetch: The file /app/models/model.gguf is not the model of this image: its sha256 is "
                        + hex(Files.readAllBytes(other)) + " instead of " + SHA256 + ". Remove it, and the next start"
                        + " downloads the model; or set MODEL_PATH to another name in that directory.");
    }

    @Test
    void theModelGoesWhereModelPathSays() throws Exception {
        try (ModelHost host = new ModelHost(MODEL)) {
            String container = containers.start(
                    "--env", "BITNET_MODEL_URL=" + host.address() + PATH, "--env", "MODEL_PATH=/app/models/deep/m.gguf");
            awaitHealthy(container);
            assertThat(downloadLog(container))
                    .contains("bitnet-fetch: The model is complete and its sha256 is right: /app/models/deep/m.gguf.");
        }
    }
}
