package dev.aicore.discovery.bench.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Queues the events of watchers. Bounded; counts the events that it drops. */
final class ArrivalQueue {

    private static final int MAX = 1 << 20;

    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MAX);
    private final AtomicLong dropped = new AtomicLong();

    void add(Arrival arrival) {
        if (!arrivals.offer(arrival)) {
            dropped.incrementAndGet();
        }
    }

    /**
     * Returns the events since the last call. Waits until {@code expected} events are there, or none arrives for
     * {@code patience}; then until none arrives for {@code quiet}, to detect surplus events.
     */
    List<Arrival> take(int expected, Duration patience, Duration quiet) throws InterruptedException {
        var received = new ArrayList<Arrival>();
        while (true) {
            var next = arrivals.poll((received.size() < expected ? patience : quiet).toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return received;
            }
            received.add(next);
        }
    }

    /** Returns the number of events that were dropped because the queue was full. */
    long dropped() {
        return dropped.get();
    }

    /**
     * Change event that a watcher received.
     *
     * @param watcher number of the watcher
     * @param position position of the change
     * @param nanos time of reading, by {@link System#nanoTime()}
     */
    record Arrival(int watcher, long position, long nanos) {}
}
