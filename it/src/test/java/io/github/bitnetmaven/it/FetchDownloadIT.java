package io.github.bitnetmaven.it;

import static io.github.bitnetmaven.it.FetchContainers.await;
import static io.github.bitnetmaven.it.FetchContainers.awaitExit;
import static io.github.bitnetmaven.it.FetchContainers.awaitHealthy;
import static io.github.bitnetmaven.it.FetchContainers.downloadLog;
import static io.github.bitnetmaven.it.FetchContainers.exitCode;
import static io.github.bitnetmaven.it.FetchContainers.health;
import static io.github.bitnetmaven.it.FetchContainers.log;
import static io.github.bitnetmaven.it.FetchImage.MODEL;
import static io.github.bitnetmaven.it.FetchImage.PATH;
import static io.github.bitnetmaven.it.FetchImage.SHA256;
import static io.github.bitnetmaven.it.FetchImage.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.it.ModelHost.Behaviour;
import io.github.bitnetmaven.it.ModelHost.Request;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A container downloads its model: once, on from where it was cut off, and nothing but the expected file. */
class FetchDownloadIT {
    @RegisterExtension
    final FetchContainers containers = new FetchContainers();

    @Test
    void theModelIsDownloadedOnceAndServed() throws Exception {
        try (ModelHost host = new ModelHost(MODEL)) {
            String first = containers.start(host);
            awaitHealthy(first);
            assertThat(downloadLog(first))
                    .contains("bitnet-fetch: Downloading " + host.address() + PATH + ".")
                    .contains("bitnet-fetch: The model is complete and its sha256 is right: /app/models/model.gguf.");
            assertThat(log(first)).contains("tiny llama-server listens");
            Docker.run("stop", first);
            assertThat(exitCode(first)).isZero();
            String second = containers.start(host);
            awaitHealthy(second);
            assertThat(downloadLog(second)).startsWith("bitnet-fetch: The model /app/models/model.gguf is there.");
            assertThat(host.requests()).containsExactly(new Request(PATH, "", ""));
        }
    }

    @Test
    void aDownloadThatWasCutOffGoesOn() throws Exception {
        try (ModelHost host = new ModelHost(MODEL, Behaviour.CUT, Behaviour.BUSY)) {
            String container = containers.start(host);
            awaitHealthy(container);
            assertThat(log(container))
                    .contains("The download was interrupted (the connection ended after 150.0 kB: unexpected EOF); trying"
                            + " again in 1 s.\n")
                    .contains("The download was interrupted (the server answered with status 503); trying again in 2 s.\n");
            assertThat(host.requests())
                    .containsExactly(
                            new Request(PATH, "", ""),
                            new Request(PATH, "bytes=150000-", ""),
                            new Request(PATH, "bytes=150000-", ""));
        }
    }

    @Test
    void aStoppedContainerEndsAtOnceAndTheNextGoesOn() throws Exception {
        try (ModelHost host = new ModelHost(MODEL, Behaviour.SLOW)) {
            String first = containers.start(host);
            await(() -> !containers.files().isEmpty() && host.requests().size() == 1);
            Thread.sleep(1000);
            Instant before = Instant.now();
            Docker.run("stop", "--time", "30", first);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(exitCode(first)).isEqualTo(143);
            assertThat(log(first))
                    .endsWith("bitnet-fetch: Ended by a signal (terminated). What has come of the model is kept; the next"
                            + " start goes on from there.");
            awaitHealthy(containers.start(host));
            assertThat(host.requests()).hasSize(2);
            assertThat(host.requests().get(1).range()).matches("bytes=[1-9][0-9]*-");
        }
    }

    @Test
    void aContainerIsNotHealthyBeforeItsModelIsThere() throws Exception {
        try (ModelHost host = new ModelHost(MODEL, Behaviour.SLOW)) {
            String container = containers.start(host);
            await(() -> host.requests().size() == 1);
            assertThat(health(container)).isEqualTo("starting");
            awaitHealthy(container);
        }
    }

    @Test
    void anotherFileThanTheExpectedOneIsRemoved() throws Exception {
        try (ModelHost host = new ModelHost(MODEL, Behaviour.OTHER_CONTENT)) {
            byte[] other = MODEL.clone();
            other[other.length - 1] ^= 1;
            String container = containers.start(host);
            assertThat(awaitExit(container)).isEqualTo(1);
            assertThat(log(container))
                    .endsWith("bitnet-fetch: What " + host.address() + PATH + " sent is not the expected model: its sha256 is "
                            + hex(other) + " instead of " + SHA256 + ". It was removed. If the address and the digest are"
                            + " right, do not trust that server.");
            assertThat(containers.files()).containsExactly(".model.gguf.lock");
        }
    }

    @Test
    void containersThatShareAVolumeDownloadOnce() throws Exception {
        try (ModelHost host = new ModelHost(MODEL, Behaviour.SLOW)) {
            String first = containers.start(host);
            await(() -> host.requests().size() == 1);
            String second = containers.start(host);
            awaitHealthy(second);
            awaitHealthy(first);
            assertThat(downloadLog(second))
                    .startsWith("bitnet-fetch: Waiting for another container that downloads model.gguf.");
            assertThat(host.requests()).hasSize(1);
        }
    }

    @Test
    void whatTheServerHasNotIsNotAskedForAgain() throws Exception {
        try (ModelHost host = new ModelHost(MODEL, Behaviour.MISSING, Behaviour.LOGIN)) {
            String missing = containers.start(host);
            assertThat(awaitExit(missing)).isEqualTo(1);
            assertThat(log(missing))
                    .endsWith("bitnet-fetch: The server answered the download of " + host.address() + PATH
                            + " with status 404: there is no such file. Check the address.");
            String login = containers.start(host);
            assertThat(awaitExit(login)).isEqualTo(1);
            assertThat(log(login))
                    .endsWith("bitnet-fetch: The server answered the download of " + host.address() + PATH
                            + " with status 401: it wants a login. For a model of the Hugging Face hub, accept its licence"
                            + " there and give a token by HF_TOKEN_FILE, by the secret /run/secrets/hf_token or by"
                            + " HF_TOKEN.");
            assertThat(host.requests()).hasSize(2);
        }
    }

    @Test
    void attemptsAreBounded() throws Exception {
        String container = containers.start("--env", "BITNET_MODEL_URL=http://127.0.0.1:1" + PATH);
        assertThat(awaitExit(container)).isEqualTo(1);
        assertThat(log(container))
                .contains("trying again in 1 s.\n", "trying again in 2 s.\n", "trying again in 4 s.\n", "trying again in 8 s.\n")
                .endsWith("bitnet-fetch: The download of http://127.0.0.1:1" + PATH + " was given up after 5 attempts: dial tcp"
                        + " 127.0.0.1:1: connect: connection refused. What has come (0 B) is kept; the next start goes on"
                        + " from there.");
    }
}
