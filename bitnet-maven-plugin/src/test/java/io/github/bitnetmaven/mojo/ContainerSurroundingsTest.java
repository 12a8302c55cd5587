package io.github.bitnetmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.smoke.SmokeRequest.Mount;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerSurroundingsTest {
    @Test
    void aContainerThatDownloadsHasRoomForTheModelAndNothingElse() {
        ContainerSurroundings surroundings = ContainerSurroundings.download(null, Map.of("HOME", "/root", "HF_TOKEN", ""));
        assertThat(surroundings.mounts()).containsExactly(new Mount("", "/app/models", false));
        assertThat(surroundings.environment()).isEmpty();
    }

    @Test
    void itIsGivenTheWayToTheNetworkAndTheTokenOfThisBuild() {
        ContainerSurroundings surroundings = ContainerSurroundings.download(
                Path.of("/etc/acme.pem"),
                Map.of(
                        "HF_TOKEN", "hf_secret", "HF_ENDPOINT", "https://mirror.example.org", "https_proxy", "http://lower:1",
                        "HTTP_PROXY", "http://upper:2", "NO_PROXY", "localhost", "PATH", "/bin"));
        assertThat(surroundings.mounts())
                .containsExactly(
                        Mount.temporary("/app/models"), new Mount("/etc/acme.pem", "/app/ca-certificates.pem", true));
        assertThat(surroundings.environment())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "HF_TOKEN", "hf_secret", "HF_ENDPOINT", "https://mirror.example.org", "HTTPS_PROXY",
                        "http://lower:1", "HTTP_PROXY", "http://upper:2", "NO_PROXY", "localhost", "SSL_CERT_FILE",
                        "/app/ca-certificates.pem"));
    }
}
