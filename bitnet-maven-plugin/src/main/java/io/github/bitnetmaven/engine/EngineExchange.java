package io.github.bitnetmaven.engine;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriter;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response over a connection, in HTTP/1.1 (RFC 9112) by the blocking parts of Apache HttpCore. A
 * client around them would pool, route and retry, of which nothing is wanted here, and takes half a second to load.
 */
final class EngineExchange {
    /** An engine sends a saved image in chunks of 32 KiB; several at once spare system calls. */
    private static final int BUFFER = 1 << 17;

    private static final int LONGEST_LINE = 1 << 16;

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(LONGEST_LINE)
            .setMaxHeaderCount(256)
            .build();

    private final ClassicHttpRequest request;
    private final @Nullable RequestBody body;
    private HttpVersion version = HttpVersion.HTTP_1_1;

    /**
     * @param path with the query
     * @param host for the header of that name
     */
    EngineExchange(String method, String path, String host, @Nullable RequestBody body) {
        this.body = body;
        request = new BasicClassicHttpRequest(method, path);
        request.setHeader("Host", host);
        request.setHeader("User-Agent", "bitnet-maven-plugin");
        request.setHeader("Accept", "*/*");
        request.setHeader("Connection", "close");
        if (body == null) {
            if (!method.equals("GET")) {
                request.setHeader("Content-Length", "0");
            }
            return;
        }
        request.setHeader("Content-Type", body.contentType());
        if (body.bytes() == RequestBody.UNKNOWN) {
            request.setHeader("Transfer-Encoding", "chunked");
        } else {
            request.setHeader("Content-Length", String.valueOf(body.bytes()));
        }
    }

    /**
     * Asks in HTTP/1.0, so that the engine sends the body as it is and not in chunks, which takes it three times as many
     * system calls. A body that is cut off then looks like one that has ended: only for what marks its own end.
     */
    EngineExchange withoutChunks() {
        version = HttpVersion.HTTP_1_0;
        return this;
    }

    /** The head of a response, and its body as it comes: a body that is cut off is an IOException. */
    record Answer(int status, InputStream body) {}

    /**
     * Sends the request and waits for the head of the response.
     *
     * @throws RequestBody.Failure when the body could not be written; the engine then has seen no end of it
     */
    Answer run(InputStream in, OutputStream out) throws IOException {
        try {
            try {
                send(out);
            } catch (RequestBody.Failure e) {
                throw e;
            } catch (IOException e) {
                return refused(in, e);
            }
            return receive(in);
        } catch (HttpException e) {
            throw new IOException("its answer is not HTTP: " + e.getMessage(), e);
        }
    }

    /** An engine that refuses a request does not read its body to the end: the answer says more than the broken pipe. */
    private Answer refused(InputStream in, IOException broken) throws IOException {
        try {
            return receive(in);
        } catch (IOException | HttpException e) {
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private void send(OutputStream out) throws IOException, HttpException {
        Tracked tracked = new Tracked(new BufferedOutputStream(out, BUFFER));
        SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(1 << 12);
        Http1Config config = Http1Config.custom().setVersion(version).build();
        new DefaultHttpRequestWriter(config, null).write(request, buffer, tracked);
        buffer.flush(tracked);
        if (body != null && body.bytes() == RequestBody.UNKNOWN) {
            ChunkedOutputStream chunks = new ChunkedOutputStream(buffer, tracked, BUFFER);
            write(body, chunks, tracked);
            chunks.finish();
            buffer.flush(tracked);
        } else if (body != null) {
            write(body, tracked, tracked);
        }
        tracked.flush();
    }

    private static void write(RequestBody body, OutputStream out, Tracked tracked) throws IOException {
        try {
            body.writer().writeTo(out);
        } catch (IOException | RuntimeException e) {
            if (tracked.broken) {
                throw e;
            }
            throw new RequestBody.Failure(e);
        }
    }

    private Answer receive(InputStream in) throws IOException, HttpException {
        SessionInputBuffer buffer =
                new SessionInputBufferImpl(new BasicHttpTransportMetrics(), BUFFER, BUFFER, LONGEST_LINE, null);
        ClassicHttpResponse response;
        do {
            response = new DefaultHttpResponseParser(LIMITS).parse(buffer, in);
            if (response == null) {
                throw new IOException("it was closed without an answer");
            }
        } while (response.getCode() < 200 && response.getCode() != 101);
        return new Answer(response.getCode(), content(response, buffer, in));
    }

    private InputStream content(ClassicHttpResponse response, SessionInputBuffer buffer, InputStream in)
            throws HttpException {
        if (!MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
            return InputStream.nullInputStream();
        }
        long length = DefaultContentLengthStrategy.INSTANCE.determineLength(response);
        if (length == ContentLengthStrategy.CHUNKED) {
            return new ChunkedInputStream(buffer, in, LIMITS);
        }
        return length >= 0
                ? new ContentLengthInputStream(buffer, in, length)
                : new IdentityInputStream(buffer, in);
    }

    /** Knows whether the connection failed, and not who writes to it. */
    private static final class Tracked extends FilterOutputStream {
        private boolean broken;

        Tracked(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            boolean written = false;
            try {
                out.write(from, offset, length);
                written = true;
            } finally {
                broken |= !written;
            }
        }
    }
}
