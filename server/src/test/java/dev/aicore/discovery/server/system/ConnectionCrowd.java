package dev.aicore.discovery.server.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections of one address that send nothing, or a cheap request at intervals; each connection that the server closes
 * is reopened.
 */
final class ConnectionCrowd implements AutoCloseable {

    private static final long BETWEEN_REQUESTS = Duration.ofSeconds(20).toNanos();
    private static final int OPENED_AT_ONCE = 500;

    private final InetSocketAddress server;
    private final InetAddress from;
    private final int size;
    private final byte[] request;
    private final Selector selector = Selector.open();
    private final ByteBuffer heard = ByteBuffer.allocate(65_536);
    private final Thread thread;
    private volatile boolean over;
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();

    /** @param request request of each connection, at first and every 20 s; empty if none sends a byte */
    ConnectionCrowd(int port, InetAddress from, int size, String request) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.from = from;
        this.size = size;
        this.request = request.getBytes(StandardCharsets.US_ASCII);
        this.thread = Thread.ofPlatform().name("crowd").start(this::run);
    }

    /** Time of a connection's last request, on the monotonic clock. */
    private static final class Asked {
        private long at;
    }

    /** Returns the number of connections opened so far. */
    long opened() {
        return opened.get();
    }

    /** Returns the number of connections that the server has closed. */
    long closed() {
        return closed.get();
    }

    /** Returns the number of reads that returned bytes. */
    long answers() {
        return answers.get();
    }

    private void run() {
        try {
            while (!over) {
                for (int i = 0; i < OPENED_AT_ONCE && selector.keys().size() < size; i++) {
                    open();
                }
                selector.select(this::serve, 20);
                ask();
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open() throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(from, 0));
        channel.connect(server);
        channel.register(selector, SelectionKey.OP_CONNECT, new Asked());
        opened.incrementAndGet();
    }

    private void serve(SelectionKey key) {
        var channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
            }
            if (key.isReadable()) {
                heard.clear();
                if (channel.read(heard) < 0) {
                    leave(key);
                } else {
                    answers.incrementAndGet();
                }
            }
        } catch (IOException reset) {
            leave(key);
        }
    }

    private void ask() {
        if (request.length == 0) {
            return;
        }
        long now = System.nanoTime();
        for (var key : selector.keys()) {
            var asked = (Asked) key.attachment();
            if (key.isValid()
                    && ((SocketChannel) key.channel()).isConnected()
                    && (asked.at == 0 || now - asked.at > BETWEEN_REQUESTS)) {
                asked.at = now;
                try {
                    ((SocketChannel) key.channel()).write(ByteBuffer.wrap(request));
                } catch (IOException reset) {
                    leave(key);
                }
            }
        }
    }

    private void leave(SelectionKey key) {
        closed.incrementAndGet();
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        over = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
