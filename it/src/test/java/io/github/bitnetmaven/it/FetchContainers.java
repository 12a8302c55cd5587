package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Real containers of {@link FetchImage}, hardened, on a real volume of each test's own; removed after it. */
final class FetchContainers implements BeforeEachCallback, AfterEachCallback {
    private final List<String> containers = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();
    private String volume = "";

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        FetchImage.ensure(context);
        mountNewVolume();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (String container : containers) {
            Docker.run("rm", "--force", container);
        }
        for (String each : volumes) {
            Docker.run("volume", "rm", each);
        }
    }

    /** Containers started from now on have a new, empty volume. */
    void mountNewVolume() throws Exception {
        volume = Docker.run("volume", "create", "bitnet-it-fetch-" + UUID.randomUUID());
        volumes.add(volume);
    }

    void mountNoVolume() {
        volume = "";
    }

    /** Names in the volume. */
    List<String> files() throws Exception {
        String builder = System.getProperty("bitnet.backend.builderImage");
        return Docker.run("run", "--rm", "--volume", volume + ":/v", builder, "ls", "-A", "/v").lines().toList();
    }

    String start(ModelHost host) throws Exception {
        return start("--env", "BITNET_MODEL_URL=" + host.address() + FetchImage.PATH);
    }

    /** As a careful user would start it, in the network of this machine, so that it reaches the hosts of these tests. */
    String start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "run", "--detach", "--network=host", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges",
                "--env", "BITNET_PORT=" + freePort()));
        if (!volume.isEmpty()) {
            command.addAll(List.of("--volume", volume + ":/app/models"));
        }
        command.addAll(List.of(arguments));
        command.add(FetchImage.NAME);
        String container = Docker.run(command.toArray(String[]::new)).lines().reduce((a, b) -> b).orElseThrow();
        containers.add(container);
        return container;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static String log(String container) throws Exception {
        return Docker.run("logs", container);
    }

    /** The lines of the download alone. The server's are on the other stream, and may come before or after. */
    static List<String> downloadLog(String container) throws Exception {
        return log(container).lines().filter(line -> line.startsWith("bitnet-fetch: ")).toList();
    }

    static String health(String container) throws Exception {
        return Docker.run("inspect", "--format", "{{.State.Health.Status}}", container);
    }

    static int exitCode(String container) throws Exception {
        return Integer.parseInt(Docker.run("inspect", "--format", "{{.State.ExitCode}}", container));
    }

    static int awaitExit(String container) throws Exception {
        return Integer.parseInt(Docker.run("wait", container));
    }

    /** Healthy as the image's own check sees it; asked here, because the engine asks every ten seconds only. */
    static void awaitHealthy(String container) throws Exception {
        await(() -> {
            if (!Docker.run("inspect", "--format", "{{.State.Status}}", container).equals("running")) {
                throw new AssertionError("The container has ended: " + log(container));
            }
            try {
                Docker.run("exec", container, "/app/bin/bitnet-probe", "health");
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        });
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.holds()) {
            assertThat(Instant.now()).as("a minute has passed").isBefore(end);
            Thread.sleep(200);
        }
    }
}
