package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Sends one request and reads its endless response line by line, on its own thread. */
public final class LineStreamClient implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final SocketChannel channel;
    private final Listener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Receives the lines, on the reading thread. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called for each complete line.
         *
         * @param nanos time of reading, by {@link System#nanoTime()}
         */
        void arrived(String line, long nanos);
    }

    /**
     * Sends the request.
     *
     * @param port port on 127.0.0.1
     */
    public LineStreamClient(int port, byte[] request, Listener listener) throws IOException {
        this.listener = listener;
        this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var unsent = ByteBuffer.wrap(request);
        while (unsent.hasRemaining()) {
            channel.write(unsent);
        }
        Thread.ofPlatform().daemon().name("lines").start(this::read);
    }

    /** Ends the stream; the listener is no longer called. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void read() {
        var httpResponseParser = new HttpResponseParser(this::take);
        httpResponseParser.begin();
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (channel.read(buffer.clear()) >= 0 && !httpResponseParser.take(buffer.flip())) {
                // The parser has passed the lines on.
            }
        } catch (IOException closed) {
            // Closed by this client or the server.
        }
    }

    private void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                listener.arrived(line.toString(UTF_8), System.nanoTime());
                line.reset();
            } else {
                line.write(next);
            }
        }
    }
}
