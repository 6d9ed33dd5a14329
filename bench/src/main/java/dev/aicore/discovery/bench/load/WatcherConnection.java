package dev.aicore.discovery.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** The connection of one watcher: a request was sent, and its answer goes on. It isn't opened again. */
final class WatcherConnection {

    private final SocketChannel channel;
    private final HttpResponseParser httpResponseParser;

    /** @param channel on which the request was sent; in non-blocking mode */
    WatcherConnection(SocketChannel channel, SseParser.Listener listener) {
        this.channel = channel;
        this.httpResponseParser = new HttpResponseParser(new SseParser(listener));
        httpResponseParser.begin();
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /**
     * Reads what is there.
     *
     * @param buffer for what is read, of nobody in particular
     * @return false once it is over
     */
    boolean proceed(ByteBuffer buffer) {
        try {
            int count = channel.read(buffer.clear());
            return count >= 0 && !httpResponseParser.take(buffer.flip());
        } catch (IOException broken) {
            return false;
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
