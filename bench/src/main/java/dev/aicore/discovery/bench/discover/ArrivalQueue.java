package dev.aicore.discovery.bench.discover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what watchers were told of until somebody asks for it. */
final class ArrivalQueue {

    private static final int MAX = 1 << 20;

    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MAX);
    private final AtomicLong unkept = new AtomicLong();

    void add(Arrival arrival) {
        if (!arrivals.offer(arrival)) {
            unkept.incrementAndGet();
        }
    }

    /**
     * What they were told of since it was last asked, after so many have been told or nobody is for a time; and after another while
     * in which there should be nothing.
     */
    List<Arrival> take(int expected, Duration patience, Duration quiet) throws InterruptedException {
        var told = new ArrayList<Arrival>();
        while (true) {
            var next = arrivals.poll((told.size() < expected ? patience : quiet).toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return told;
            }
            told.add(next);
        }
    }

    /** Events that there was no room for. */
    long unkept() {
        return unkept.get();
    }
}
