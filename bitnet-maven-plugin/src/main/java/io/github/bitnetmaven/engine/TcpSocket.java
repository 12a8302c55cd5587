package io.github.bitnetmaven.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** TCP, with TLS in it where the address says so. */
final class TcpSocket implements EngineSocket {
    private final URI uri;
    private final @Nullable SSLContext tls;
    private final Duration timeout;
    private volatile Socket socket = new Socket();
    private volatile boolean closed;
    private @Nullable SSLSocket secured;

    /**
     * @param uri with a host and a port
     * @param timeout for each address that the host has
     */
    TcpSocket(URI uri, @Nullable SSLContext tls, Duration timeout) {
        this.uri = uri;
        this.tls = tls;
        this.timeout = timeout;
    }

    @Override
    public void connect() throws IOException {
        IOException failure = null;
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            try {
                connect(new InetSocketAddress(address, uri.getPort()));
                secure();
                return;
            } catch (IOException e) {
                if (closed || secured != null) {
                    throw e;
                }
                failure = e;
            }
        }
        throw failure == null ? new IOException("The host has no address.") : failure;
    }

    private void connect(InetSocketAddress address) throws IOException {
        // A socket whose connection failed cannot be used again.
        Socket fresh = new Socket();
        socket = fresh;
        if (closed) {
            fresh.close();
        }
        fresh.setTcpNoDelay(true);
        fresh.connect(address, Math.toIntExact(timeout.toMillis()));
    }

    private void secure() throws IOException {
        if (tls == null) {
            return;
        }
        SSLSocket over = (SSLSocket) tls.getSocketFactory().createSocket(socket, uri.getHost(), uri.getPort(), true);
        secured = over;
        SSLParameters parameters = over.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        over.setSSLParameters(parameters);
        over.startHandshake();
    }

    @Override
    public InputStream input() throws IOException {
        return (secured == null ? socket : secured).getInputStream();
    }

    @Override
    public OutputStream output() throws IOException {
        return (secured == null ? socket : secured).getOutputStream();
    }

    /** Closes what is below TLS: its farewell could wait for an engine that does not read. */
    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
    }
}
