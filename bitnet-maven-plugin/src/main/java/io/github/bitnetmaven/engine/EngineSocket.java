package io.github.bitnetmaven.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One connection to the engine. Closing it, from any thread, ends whatever waits on it. */
interface EngineSocket extends Closeable {
    void connect() throws IOException;

    /** What the engine sends; once connected. */
    InputStream input() throws IOException;

    /** What the engine is sent; once connected. */
    OutputStream output() throws IOException;

    /**
     * A connection that is not made yet.
     *
     * @param tls null where the address is not {@code https}
     * @param timeout for making a TCP connection
     */
    static EngineSocket of(EngineAddress address, @Nullable SSLContext tls, Duration timeout) {
        return switch (address.uri().getScheme()) {
            case "unix" -> new UnixSocket(Path.of(address.uri().getPath()));
            case "npipe" -> new NamedPipe(address.uri().getPath());
            default -> new TcpSocket(address.uri(), tls, timeout);
        };
    }
}
