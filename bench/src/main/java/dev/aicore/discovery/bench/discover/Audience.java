package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Watchers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Those who watch services of our server, and what they were told of. */
final class Audience implements AutoCloseable {

    private static final int MOST = 1 << 20;

    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MOST);
    private final AtomicLong unkept = new AtomicLong();
    private final Watchers watchers;

    Audience(OurServer ours) throws IOException {
        watchers = new Watchers(ours.server().port(), this::take);
    }

    /** Numbered on from those that are there. */
    void watch(List<Integer> services) throws IOException, InterruptedException {
        watchers.add(services.stream()
                .map(service -> "/api/v1/watch?service_name=s-" + service)
                .toList());
    }

    /**
     * What they were told of since it was last asked, after so many have been told or nobody is for a time; and after another while
     * in which there should be nothing.
     */
    List<Arrival> told(int expected, Duration patience, Duration quiet) throws InterruptedException {
        var told = new ArrayList<Arrival>();
        while (true) {
            var next = arrivals.poll((told.size() < expected ? patience : quiet).toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return told;
            }
            told.add(next);
        }
    }

    /** Streams that ended, and events that there was no room for. */
    long lost() {
        return watchers.lost() + unkept.get();
    }

    @Override
    public void close() throws IOException {
        watchers.close();
    }

    private void take(int watcher, String event, long position, long nanos) {
        if (event.equals("change") && !arrivals.offer(new Arrival(watcher, position, nanos))) {
            unkept.incrementAndGet();
        }
    }
}
