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

/** Callers who read server-sent events, each over a connection of its own; one thread reads for all of them. */
public final class SseClientGroup implements AutoCloseable {

    /** So many wait for their first event: a server that is told of thousands in a moment has to refuse some. */
    private static final int AT_ONCE = 256;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BUFFER = 1 << 16;

    private final InetSocketAddress address;
    private final Listener listener;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Semaphore openings = new Semaphore(AT_ONCE);
    private final AtomicInteger lost = new AtomicInteger();
    private final List<WatcherConnection> streams = new ArrayList<>();

    /** Told of what arrives, by the thread that reads. */
    @FunctionalInterface
    public interface Listener {
        /**
         * An event is there.
         *
         * @param watcher its number
         * @param id 0 if it has none
         * @param nanos {@link System#nanoTime()} when it was read
         */
        void arrived(int watcher, String event, long id, long nanos);
    }

    /**
     * Nobody watches yet.
     *
     * @param port on 127.0.0.1
     */
    public SseClientGroup(int port, Listener listener) throws IOException {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.listener = listener;
        Thread.ofPlatform().daemon().name("watchers").start(this::read);
    }

    /**
     * One more for each path, numbered in their order and on from those that are there. Returns when each has had its first event.
     * For one thread.
     *
     * @throws IllegalStateException if one is refused, or has none within a minute
     */
    public void add(List<String> paths) throws IOException, InterruptedException {
        for (var path : paths) {
            acquire(1);
            streams.add(open(streams.size(), path));
        }
        acquire(AT_ONCE);
        openings.release(AT_ONCE);
    }

    /** How many streams ended, or were refused. */
    public int lost() {
        return lost.get();
    }

    /** Nobody is told of anything any more. */
    @Override
    public void close() throws IOException {
        selector.close();
        for (var watcherConnection : streams) {
            watcherConnection.close();
        }
    }

    private void acquire(int count) throws InterruptedException {
        if (!openings.tryAcquire(count, PATIENCE.toNanos(), TimeUnit.NANOSECONDS) || lost() > 0) {
            throw new IllegalStateException(
                    "Of %,d streams %,d ended, and others have not begun.".formatted(streams.size(), lost()));
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
            // The watching is over.
        }
    }

    private void read(SelectionKey key) {
        if (!((WatcherConnection) key.attachment()).proceed(buffer)) {
            key.cancel();
            lost.incrementAndGet();
            openings.release();
        }
    }

    /** Lets the next one come when the first event is there, and passes all on. */
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
