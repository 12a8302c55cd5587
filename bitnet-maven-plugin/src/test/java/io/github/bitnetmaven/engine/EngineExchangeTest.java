package io.github.bitnetmaven.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over a connection, byte by byte. */
class EngineExchangeTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void aRequestIsOneOfHttp11ThatEndsTheConnection() throws Exception {
        run("GET", null, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");
        assertThat(sent())
                .isEqualTo("GET /v1.41/x?y=1 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bitnet-maven-plugin\r\n"
                        + "Accept: */*\r\nConnection: close\r\n\r\n");
    }

    @Test
    void anArchiveIsAskedForInHttp10SoThatItComesWithoutChunks() throws Exception {
        EngineExchange exchange = new EngineExchange("GET", "/images/x/get", "localhost", null).withoutChunks();
        EngineExchange.Answer answer = exchange.run(in("HTTP/1.0 200 OK\r\n\r\nabc"), sent);
        assertThat(sent()).startsWith("GET /images/x/get HTTP/1.0\r\nHost: localhost\r\n");
        assertThat(text(answer)).isEqualTo("abc");
    }

    @Test
    void jsonIsSentWithItsLength() throws Exception {
        RequestBody body = RequestBody.of(JsonNodeFactory.instance.objectNode().put("a", 1));
        run("POST", body, "HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(sent()).contains("Content-Type: application/json\r\nContent-Length: 7\r\n").endsWith("\r\n\r\n{\"a\":1}");
    }

    @Test
    void anArchiveIsSentInChunksAndItsEndIsMarked() throws Exception {
        RequestBody body = RequestBody.tar(out -> out.write("tar".getBytes(StandardCharsets.US_ASCII)));
        run("POST", body, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(sent()).contains("Transfer-Encoding: chunked\r\n").endsWith("\r\n\r\n3\r\ntar\r\n0\r\n\r\n");
    }

    @Test
    void anArchiveThatCannotBeWrittenHasNoEnd() {
        RequestBody body = RequestBody.tar(out -> {
            out.write(new byte[1 << 20]);
            throw new IllegalStateException("model.gguf vanished");
        });
        assertThatThrownBy(() -> run("POST", body, "HTTP/1.1 200 OK\r\n\r\n"))
                .isInstanceOf(RequestBody.Failure.class)
                .hasRootCauseMessage("model.gguf vanished");
        assertThat(sent()).doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void anEngineThatRefusesAndReadsNoFurtherIsHeard() throws Exception {
        OutputStream full = new OutputStream() {
            private int left = 1 << 18;

            @Override
            public void write(int value) throws IOException {
                if (left-- <= 0) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        RequestBody body = RequestBody.tar(out -> {
            for (int i = 0; i < 10; i++) {
                out.write(new byte[1 << 18]);
            }
        });
        EngineExchange exchange = new EngineExchange("POST", "/build", "localhost", body);
        EngineExchange.Answer answer =
                exchange.run(in("HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\nno t"), full);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo("no t");
        assertThatThrownBy(() -> exchange.run(in(""), full)).isInstanceOf(IOException.class).hasMessage("Broken pipe");
    }

    @Test
    void informationBeforeTheAnswerIsPassedOver() throws Exception {
        EngineExchange.Answer answer = run(
                "GET", null, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(text(answer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock = """
            "a length",                  "Content-Length: 5\\r\\n\\r\\nabcdeXXX"
            "chunks",                    "Transfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nab\\r\\n3;x=y\\r\\ncde\\r\\n0\\r\\n\\r\\nXXX"
            "the end of the connection", "Content-Type: application/vnd.docker.raw-stream\\r\\n\\r\\nabcde"
            """)
    void aBodyEndsWith(String what, String rest) throws Exception {
        String head = "HTTP/1.1 200 OK\r\n" + rest.replace("\\r\\n", "\r\n");
        assertThat(text(run("GET", null, head))).as(what).isEqualTo("abcde");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock = """
            "a length", "Content-Length: 5\\r\\n\\r\\nabc"
            "chunks",   "Transfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nabcde\\r\\n"
            "a chunk",  "Transfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nabc"
            """)
    void aBodyThatIsCutOffIsAnError(String what, String rest) throws Exception {
        EngineExchange.Answer answer = run("GET", null, "HTTP/1.1 200 OK\r\n" + rest.replace("\\r\\n", "\r\n"));
        assertThatThrownBy(() -> text(answer)).as(what).isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatIsNotHttpIsToldAsSuch() {
        assertThatThrownBy(() -> run("GET", null, "SSH-2.0-OpenSSH_9.2\r\n\r\n"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> run("GET", null, "HTTP/1.1 200 OK\r\nX: " + "x".repeat(1 << 17) + "\r\n\r\n"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> run("GET", null, "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(1000) + "\r\n"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anEngineThatAnswersNothingIsToldAsSuch() {
        assertThatThrownBy(() -> run("GET", null, ""))
                .isInstanceOf(IOException.class)
                .hasMessage("it was closed without an answer");
    }

    private EngineExchange.Answer run(String method, RequestBody body, String answer) throws IOException {
        return new EngineExchange(method, "/v1.41/x?y=1", "localhost", body).run(in(answer), sent);
    }

    private String sent() {
        return sent.toString(StandardCharsets.ISO_8859_1);
    }

    private static String text(EngineExchange.Answer answer) throws IOException {
        return new String(answer.body().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
