package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.SseClientGroup;
import java.io.IOException;
import java.util.List;

/** Those who watch services of our server, and what they were told of. */
final class WatcherGroup implements AutoCloseable {

    private final ArrivalQueue arrivalQueue = new ArrivalQueue();
    private final SseClientGroup sseClientGroup;

    WatcherGroup(RegistryServer registry) throws IOException {
        sseClientGroup = new SseClientGroup(registry.server().port(), this::take);
    }

    /** Numbered on from those that are there. */
    void watch(List<Integer> services) throws IOException, InterruptedException {
        sseClientGroup.add(services.stream()
                .map(service -> "/api/v1/watch?service_name=s-" + service)
                .toList());
    }

    /** What they are told of. */
    ArrivalQueue arrivals() {
        return arrivalQueue;
    }

    /** Streams that ended, and events that there was no room for. */
    long lost() {
        return sseClientGroup.lost() + arrivalQueue.unkept();
    }

    @Override
    public void close() throws IOException {
        sseClientGroup.close();
    }

    private void take(int watcher, String event, long position, long nanos) {
        if (event.equals("change")) {
            arrivalQueue.add(new Arrival(watcher, position, nanos));
        }
    }
}
