package dev.aicore.discovery.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Connection of one watcher, which reads an endless response. It isn't reopened. */
final class WatcherConnection {

    private final SocketChannel channel;
    private final HttpResponseParser httpResponseParser;

    /** @param channel channel in non-blocking mode, on which the request was sent */
    WatcherConnection(SocketChannel channel, SseParser.Listener listener) {
        this.channel = channel;
        this.httpResponseParser = new HttpResponseParser(new SseParser(listener));
        httpResponseParser.begin();
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /**
     * Reads the available bytes.
     *
     * @param buffer shared buffer for reading
     * @return false once the response has ended
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
