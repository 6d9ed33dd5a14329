package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.regex.Pattern;

/**
 * Sends requests over one connection and blocks for each answer. It adds less overhead than the JDK's client. Not
 * thread-safe.
 */
public final class BlockingHttpClient implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final int MAX_BODY = 1 << 16;

    private final InetSocketAddress address;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final HttpResponseParser httpResponseParser = new HttpResponseParser(this::appendToBody);
    private SocketChannel channel;

    /**
     * Connects.
     *
     * @param port port on 127.0.0.1
     */
    public BlockingHttpClient(int port) throws IOException {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.channel = open();
    }

    /**
     * Sends a request, and blocks until its answer is complete.
     *
     * @throws IOException if the connection ends before
     */
    public HttpReply send(byte[] request) throws IOException {
        body.reset();
        httpResponseParser.begin();
        var unsent = ByteBuffer.wrap(request);
        while (unsent.hasRemaining()) {
            channel.write(unsent);
        }
        do {
            if (channel.read(buffer.clear()) < 0) {
                throw new IOException("The connection to " + address + " ended before the answer.");
            }
        } while (!httpResponseParser.take(buffer.flip()));
        var httpReply = new HttpReply(httpResponseParser.isGood(), body.toString(UTF_8));
        if (httpResponseParser.isLast()) {
            channel.close();
            channel = open();
        }
        return httpReply;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private SocketChannel open() throws IOException {
        var opened = SocketChannel.open(address);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return opened;
    }

    private void appendToBody(ByteBuffer part) {
        var bytes = new byte[Math.min(part.remaining(), MAX_BODY - body.size())];
        part.get(bytes);
        body.write(bytes, 0, bytes.length);
        part.position(part.limit());
    }

    /**
     * Answer to a request.
     *
     * @param isGood true if its status is 2xx
     * @param body body of a good answer, at most its first 64 KiB
     */
    public record HttpReply(boolean isGood, String body) {

        /** Returns the number in the pattern's first group, found in the body; -1 if there is none. */
        public long number(Pattern pattern) {
            var found = pattern.matcher(body);
            return found.find() ? Long.parseLong(found.group(1)) : -1;
        }
    }
}
