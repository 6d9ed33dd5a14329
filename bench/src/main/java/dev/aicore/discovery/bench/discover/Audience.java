package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Watchers;
import java.io.IOException;
import java.util.List;

/** Those who watch services of our server, and what they were told of. */
final class Audience implements AutoCloseable {

    private final Arrivals arrivals = new Arrivals();
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

    /** What they are told of. */
    Arrivals arrivals() {
        return arrivals;
    }

    /** Streams that ended, and events that there was no room for. */
    long lost() {
        return watchers.lost() + arrivals.unkept();
    }

    @Override
    public void close() throws IOException {
        watchers.close();
    }

    private void take(int watcher, String event, long position, long nanos) {
        if (event.equals("change")) {
            arrivals.add(new Arrival(watcher, position, nanos));
        }
    }
}
