package dev.aicore.discovery.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Persistent connection, reopened when it ends. It has at most one request in flight. */
final class LoadConnection implements AutoCloseable {

    /** Outcome of reading from the connection. */
    enum ResponseOutcome {
        /** No complete response yet. */
        WAITS,
        /** The server closed an idle connection; a new one is open. */
        RENEWED,
        /** The response is good. */
        GOOD,
        /** The response is an error, or was lost with its connection. */
        BAD
    }

    private static final byte[] NOTHING = {};

    private final Selector selector;
    private final InetSocketAddress address;
    private final HttpResponseParser httpResponseParser;
    private SocketChannel channel;
    private SelectionKey key;
    private ByteBuffer unsent = ByteBuffer.wrap(NOTHING);
    private boolean isAsked;
    private long intended;

    LoadConnection(Selector selector, int port, byte[] mark) throws IOException {
        this.selector = selector;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.httpResponseParser = new HttpResponseParser(mark);
        this.channel = open();
        this.key = register();
    }

    /** Returns the intended start of the request in flight, by {@link System#nanoTime()}. */
    long intended() {
        return intended;
    }

    /** Sends as much as the socket accepts. Reopens the connection first if it is broken. */
    void send(byte[] request, long intended) throws IOException {
        this.intended = intended;
        isAsked = true;
        httpResponseParser.begin();
        unsent = ByteBuffer.wrap(request);
        try {
            channel.write(unsent);
        } catch (IOException exception) {
            renew();
            unsent = ByteBuffer.wrap(request);
            channel.write(unsent);
        }
        if (unsent.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /**
     * Reads and writes without blocking.
     *
     * @param buffer shared buffer for reading
     * @throws UncheckedIOException if the server can't be reached any more
     */
    ResponseOutcome proceed(ByteBuffer buffer) {
        try {
            if (key.isWritable()) {
                write();
            }
            return key.isReadable() ? read(buffer) : ResponseOutcome.WAITS;
        } catch (IOException broken) {
            return lost();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write() throws IOException {
        channel.write(unsent);
        if (!unsent.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private ResponseOutcome read(ByteBuffer buffer) throws IOException {
        int count;
        do {
            count = channel.read(buffer.clear());
            if (count < 0) {
                return lost();
            }
            if (isAsked && httpResponseParser.take(buffer.flip())) {
                isAsked = false;
                if (httpResponseParser.isLast()) {
                    renew();
                }
                return httpResponseParser.isGood() ? ResponseOutcome.GOOD : ResponseOutcome.BAD;
            }
        } while (count == buffer.capacity());
        return ResponseOutcome.WAITS;
    }

    private ResponseOutcome lost() {
        boolean wasAsked = isAsked;
        isAsked = false;
        try {
            renew();
        } catch (IOException exception) {
            throw new UncheckedIOException("No server listens on " + address + " any more.", exception);
        }
        return wasAsked ? ResponseOutcome.BAD : ResponseOutcome.RENEWED;
    }

    private void renew() throws IOException {
        channel.close();
        channel = open();
        key = register();
    }

    private SocketChannel open() throws IOException {
        var opened = SocketChannel.open(address);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        return opened;
    }

    private SelectionKey register() throws IOException {
        return channel.register(selector, SelectionKey.OP_READ, this);
    }
}
