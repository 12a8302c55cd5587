package io.github.bitnetmaven.image.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.engine.DockerEngine;
import io.github.bitnetmaven.engine.EngineAddress;
import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ArchiveBuilder.Form;
import io.github.bitnetmaven.image.Image;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.LayerBuilder;
import io.github.bitnetmaven.image.ReadOptions;
import io.github.bitnetmaven.progress.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that answers as Go's server does to HTTP/1.0: a saved image has neither chunks nor a length. */
@Timeout(60)
class CutOffStreamTest {
    @TempDir
    Path directory;

    private final ArchiveBuilder builder =
            new ArchiveBuilder().layer(new LayerBuilder("ADD base /").directory("etc").file("etc/a", 200_000));
    private ServerSocket socket;
    private byte[] archive;
    private volatile int sent;

    @BeforeEach
    void start() throws IOException {
        archive = Files.readAllBytes(builder.write(Form.DOCKER, directory));
        sent = archive.length;
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
    }

    @Test
    void aWholeStreamIsRead() throws Exception {
        assertThat(read().layers()).hasSize(1);
    }

    /** Blocks of zeros mark the end; what is cut off within them is whole. */
    @Test
    void aStreamThatEndsTooEarlyIsNeverASmallerImage() {
        int end = archive.length;
        while (archive[end - 1] == 0) {
            end--;
        }
        for (int length = 0; length < end; length += 4_099) {
            sent = length;
            assertThatThrownBy(this::read).as("%d of %d bytes", length, archive.length).isInstanceOf(ImageException.class);
        }
    }

    @Test
    void whatEndsBetweenTwoFilesIsToldWithTheMend() {
        sent = 0;
        assertThatThrownBy(this::read)
                .isInstanceOf(ImageException.class)
                .hasMessage("The archive is cut off: it has no end mark. The engine closed the connection too early: check"
                        + " its log, then try again.");
    }

    private Image read() throws Exception {
        EngineAddress.Host host = new EngineAddress.Host(Map.of(), directory, directory, false);
        EngineAddress address = EngineAddress.resolve("tcp://127.0.0.1:" + socket.getLocalPort(), null, host);
        return new EngineImageSource(DockerEngine.connect(address), "acme/x:1")
                .read(ReadOptions.sizesOnly(), Progress.silent());
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                String request = in.readLine();
                while (!in.readLine().isEmpty()) {
                    // The head.
                }
                OutputStream out = client.getOutputStream();
                if (request.endsWith("/get HTTP/1.0")) {
                    out.write("HTTP/1.0 200 OK\r\nContent-Type: application/x-tar\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(Arrays.copyOf(archive, sent));
                } else {
                    String json = request.contains("/version ")
                            ? "{\"ApiVersion\":\"1.41\"}"
                            : "{\"Id\":\"" + builder.id() + "\",\"Size\":1}";
                    out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json)
                            .getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // The client has gone, or the test is over.
                continue;
            }
        }
    }
}
