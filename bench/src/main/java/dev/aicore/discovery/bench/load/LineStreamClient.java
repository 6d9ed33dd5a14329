package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One request whose answer goes on, line by line; a thread of its own reads them. */
public final class LineStreamClient implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final SocketChannel channel;
    private final Listener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Told of each line, by the thread that reads. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A line is whole.
         *
         * @param nanos {@link System#nanoTime()} when it was read
         */
        void arrived(String line, long nanos);
    }

    /**
     * Sends the request.
     *
     * @param port on 127.0.0.1
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

    /** Nobody is told of anything any more. */
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
                // What is there was taken.
            }
        } catch (IOException closed) {
            // The watching is over.
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
