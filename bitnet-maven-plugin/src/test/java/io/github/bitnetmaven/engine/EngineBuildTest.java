package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an engine may answer to a build. */
@Timeout(30)
class EngineBuildTest {
    @RegisterExtension
    final FakeEngine server = new FakeEngine();

    @Test
    void aFailedBuildShowsItsLastLines() throws Exception {
        server.answer("/v1.41/build", 200, "{\"stream\":\"Step 1/2 : FROM scratch\\n\"}\n{\"stream\":\" ---\\u003e \"}\n"
                + "{\"stream\":\"ab\\n\"}\n{\"errorDetail\":{\"message\":\"no space\"},\"error\":\"no space\"}\n");
        List<String> lines = new ArrayList<>();
        DockerEngine engine = server.connect();
        assertThatThrownBy(() -> engine.build("x:1", "Dockerfile", out -> {}, lines::add))
                .isInstanceOf(EngineException.class)
                .hasMessage("The build of x:1 failed: no space\n    Step 1/2 : FROM scratch\n    ---> ab");
        assertThat(lines).containsExactly("Step 1/2 : FROM scratch", "---> ab");
    }

    @Test
    void aBuildAnswersWithTheIdAndSendsTheWholeContext() throws Exception {
        long[] received = new long[1];
        server.handle("/v1.41/build", exchange -> {
            received[0] = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            server.requests().add(exchange.getRequestURI().getQuery());
            byte[] body = "{\"aux\":{\"ID\":\"sha256:cd\"}}\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        byte[] block = new byte[1 << 20];
        String id = server.connect()
                .build(
                        "acme/x:1",
                        "Docker file",
                        out -> {
                            for (int i = 0; i < 50; i++) {
                                out.write(block);
                            }
                        },
                        line -> {});
        assertThat(id).isEqualTo("sha256:cd");
        assertThat(received[0]).isEqualTo(50L << 20);
        assertThat(server.requests()).contains("t=acme/x:1&dockerfile=Docker+file&rm=1&forcerm=1");
    }

    @Test
    void aContextThatCannotBeWrittenNeverLooksLikeAShortOne() throws Exception {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        server.handle("/v1.41/build", exchange -> {
            seen.complete(catchThrowable(() -> {
                byte[] received = exchange.getRequestBody().readAllBytes();
                // This server takes a connection that ends within a chunk for the end of the body; engines do not.
                if (received.length < 1 << 20) {
                    throw new IOException("cut off");
                }
            }));
            exchange.close();
        });
        DockerEngine engine = server.connect();
        assertThatThrownBy(() -> engine.build(
                        "x:1",
                        "Dockerfile",
                        out -> {
                            out.write(new byte[1 << 20]);
                            throw new IOException("model.gguf vanished");
                        },
                        line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessage("The build context of x:1 could not be written: model.gguf vanished");
        assertThat(seen.get()).isInstanceOf(IOException.class);
    }
}
