package io.github.bitnetmaven.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A Unix domain socket. */
final class UnixSocket implements EngineSocket {
    private final Path path;
    private final SocketChannel channel;

    UnixSocket(Path path) {
        this.path = path;
        try {
            this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            throw new IllegalStateException("This machine has no Unix domain sockets: " + e.getMessage(), e);
        }
    }

    @Override
    public void connect() throws IOException {
        channel.connect(UnixDomainSocketAddress.of(path));
    }

    @Override
    public InputStream input() {
        return BufferStreams.reading(channel::read);
    }

    @Override
    public OutputStream output() {
        return BufferStreams.writing(channel::write);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
