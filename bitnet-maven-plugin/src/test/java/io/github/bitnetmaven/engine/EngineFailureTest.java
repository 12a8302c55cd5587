package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An engine that fails, falls silent or breaks off. */
@Timeout(30)
class EngineFailureTest {
    @RegisterExtension
    final FakeEngine server = new FakeEngine();

    @Test
    void theEnginesOwnMessageIsShownOnOneLine() throws Exception {
        server.answer("/v1.41/images/x/history", 500, "{\"message\":\"disk \\u001b[31mfull\\nvery.\"}");
        DockerEngine engine = server.connect();
        assertThatThrownBy(() -> engine.history("x"))
                .hasMessage("The Docker engine refused GET /v1.41/images/x/history with HTTP status 500: disk full"
                        + " very.");
    }

    @Test
    void aSavedImageThatIsCutOffIsAnErrorNotAnEnd() throws Exception {
        server.handle("/v1.41/images/x/get", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        try (InputStream saved = server.connect().saveImage("x")) {
            assertThatThrownBy(saved::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("The connection to the Docker engine at " + server.address()
                            + " (<dockerHost> (docker.host)) broke during GET /v1.41/images/x/get: ");
        }
    }

    @Test
    void anEngineThatFallsSilentOverTcpIsGivenUp() throws Exception {
        server.handle("/v1.41/images/x/history", exchange -> FakeEngine.sleep());
        DockerEngine engine = server.connect();
        assertThatThrownBy(() -> engine.history("x"))
                .hasMessage("The Docker engine at " + server.address() + " was silent for 1 seconds during"
                        + " GET /v1.41/images/x/history. Check that it is well (docker info), then try again.");
    }

    @Test
    void anEngineThatFallsSilentInTheMiddleIsGivenUp() throws Exception {
        server.handle("/v1.41/images/x/get", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
            FakeEngine.sleep();
        });
        try (InputStream saved = server.connect().saveImage("x")) {
            assertThatThrownBy(saved::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was silent for 1 seconds during GET /v1.41/images/x/get");
        }
    }

    @Test
    void closingAStreamThatWasNotReadToItsEndDoesNotReadIt() throws Exception {
        server.handle("/v1.41/images/x/get", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            byte[] block = new byte[1 << 16];
            while (true) {
                body.write(block);
            }
        });
        InputStream saved = server.connect().saveImage("x");
        assertThat(saved.read()).isZero();
        saved.close();
    }
}
