package io.github.bitnetmaven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.image.source.EngineImageSource;
import io.github.bitnetmaven.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Podman through its Docker-compatible socket, with a storage of its own. */
class PodmanIT {
    private static final String NAME = "bitnet-it/podman:1.0";

    @TempDir
    private static Path directory;

    private static Process service;
    private static String dockerId;
    private static DockerEngine engine;

    @BeforeAll
    static void start() throws Exception {
        FixedImage.build(NAME, directory);
        dockerId = Docker.idOf(NAME);
        Path archive = directory.resolve("image.tar");
        Docker.run("save", "--output", archive.toString(), NAME);
        podman("load", "--quiet", "--input", archive.toString());
        Path socket = directory.resolve("podman.sock");
        service = new ProcessBuilder(command("system", "service", "--time=0", "unix://" + socket))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("podman.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(service::destroyForcibly));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(socket) && service.isAlive() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        engine = DockerEngine.connect(
                EngineAddress.resolve("unix://" + socket, null, EngineAddress.Host.current()));
    }

    @AfterAll
    static void stop() throws Exception {
        service.destroy();
        service.waitFor();
        Docker.forget(NAME);
        // The layers' files are read-only: podman itself takes them away.
        podman("rmi", "--all", "--force");
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--root", directory.resolve("root").toString(),
                "--runroot", directory.resolve("run").toString(),
                // Works in containers too.
                "--storage-driver", "vfs"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String podman(String... arguments) throws Exception {
        List<String> command = command(arguments);
        return Docker.run(
                command.get(0), Map.of(), directory, command.subList(1, command.size()).toArray(String[]::new));
    }

    private static Image read(String reference) throws ImageException {
        return new EngineImageSource(engine, reference).read(ReadOptions.sizesOnly(), Progress.silent());
    }

    @Test
    void anImageOfPodmanHasTheFiguresThatItHasOnDocker() throws Exception {
        for (String reference : List.of(NAME, "localhost/" + NAME, dockerId, dockerId.substring("sha256:".length()))) {
            Image image = read(reference);
            assertThat(image.id()).isEqualTo(dockerId);
            assertThat(image.source()).isEqualTo(Image.SourceKind.ENGINE);
            assertThat(image.configuration().platform()).startsWith("linux/");
            assertThat(image.layers())
                    .extracting(layer -> layer.unpackedBytes())
                    .containsExactly(300_000L, 100_000L, 2_000_000L, 50_000L);
            assertThat(image.files().visibleBytes()).isEqualTo(2_350_000);
        }
    }

    @Test
    void anImageThatPodmanBuiltIsReadWithItsInstructions() throws Exception {
        podman("build", "--quiet", "--tag", "built:1", directory.resolve("fixed-image").toString());
        Image image = read("built:1");
        assertThat(image.layers().stream().mapToLong(layer -> layer.unpackedBytes()).sum()).isEqualTo(2_450_000);
        assertThat(image.configuration().historyAligned()).isTrue();
        assertThat(image.layers()).allSatisfy(layer -> assertThat(layer.createdBy()).contains("COPY"));
    }

    @Test
    void anImageThatPodmanHasNotIsNamed() {
        assertThatThrownBy(() -> read("bitnet-it/missing:1.0"))
                .hasMessage("The engine at " + engine.address() + " has no image 'bitnet-it/missing:1.0'. Build or pull"
                        + " it first.");
    }
}
