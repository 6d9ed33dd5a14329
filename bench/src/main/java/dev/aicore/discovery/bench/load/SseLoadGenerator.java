package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads server-sent events over many connections, one per watcher; one thread reads all of them. */
public final class SseLoadGenerator implements AutoCloseable {

    /**
     * Maximum number of connections that wait for their first event: a server refuses some of thousands that connect at
     * once.
     */
    private static final int MAX_CONCURRENT = 256;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int BUFFER = 1 << 16;

    private final InetSocketAddress address;
    private final Listener listener;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Semaphore openings = new Semaphore(MAX_CONCURRENT);
    private final AtomicInteger lost = new AtomicInteger();
    private final List<WatcherConnection> streams = new ArrayList<>();

    /** Receives the events, on the reading thread. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called for each event.
         *
         * @param watcher number of the watcher
         * @param id id of the event; 0 if it has none
         * @param nanos time of reading, by {@link System#nanoTime()}
         */
        void arrived(int watcher, String event, long id, long nanos);
    }

    /**
     * Starts the reading thread; there are no watchers yet.
     *
     * @param port port on 127.0.0.1
     */
    public SseLoadGenerator(int port, Listener listener) throws IOException {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.listener = listener;
        Thread.ofPlatform().daemon().name("watchers").start(this::read);
    }

    /**
     * Adds a watcher of each path, numbered in their order after the existing ones. Blocks until each has received its
     * first event. Not thread-safe.
     *
     * @throws IllegalStateException if one is refused, or receives no event within a minute
     */
    public void add(List<String> paths) throws IOException, InterruptedException {
        for (var path : paths) {
            acquire(1);
            streams.add(open(streams.size(), path));
        }
        acquire(MAX_CONCURRENT);
        openings.release(MAX_CONCURRENT);
    }

    /** Returns the number of streams that ended or were refused. */
    public int lost() {
        return lost.get();
    }

    /** Closes all connections; the listener is no longer called. */
    @Override
    public void close() throws IOException {
        selector.close();
        for (var watcherConnection : streams) {
            watcherConnection.close();
        }
    }

    private void acquire(int count) throws InterruptedException {
        if (!openings.tryAcquire(count, TIMEOUT.toNanos(), TimeUnit.NANOSECONDS) || lost() > 0) {
            throw new IllegalStateException(
                    "Of %,d streams, %,d ended, and others did not start.".formatted(streams.size(), lost()));
        }
    }

    private WatcherConnection open(int number, String path) throws IOException {
        var channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var request =
                ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(US_ASCII));
        while (request.hasRemaining()) {
            channel.write(request);
        }
        channel.configureBlocking(false);
        var watcherConnection = new WatcherConnection(channel, new First(number));
        watcherConnection.register(selector);
        selector.wakeup();
        return watcherConnection;
    }

    private void read() {
        try {
            while (selector.isOpen()) {
                selector.select(this::read);
            }
        } catch (ClosedSelectorException | IOException closed) {
            // Closed by this client.
        }
    }

    private void read(SelectionKey key) {
        if (!((WatcherConnection) key.attachment()).proceed(buffer)) {
            key.cancel();
            lost.incrementAndGet();
            openings.release();
        }
    }

    /** Passes events on, and lets another connection open at the first event. */
    private final class First implements SseParser.Listener {

        private final int number;
        private boolean hasBegun;

        First(int number) {
            this.number = number;
        }

        @Override
        public void event(String name, long id) {
            listener.arrived(number, name, id, System.nanoTime());
            if (!hasBegun) {
                hasBegun = true;
                openings.release();
            }
        }
    }
}
