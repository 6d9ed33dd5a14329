package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.ArrivalQueue.Arrival;
import dev.aicore.discovery.bench.load.SseLoadGenerator;
import java.io.IOException;
import java.util.List;

/** Watches services of the registry and queues the events. */
final class WatcherGroup implements AutoCloseable {

    private final ArrivalQueue arrivalQueue = new ArrivalQueue();
    private final SseLoadGenerator sseLoadGenerator;

    WatcherGroup(RegistryServer registry) throws IOException {
        sseLoadGenerator = new SseLoadGenerator(registry.server().port(), this::take);
    }

    /** Adds a watcher of each service, numbered after the existing ones. */
    void watch(List<Integer> services) throws IOException, InterruptedException {
        sseLoadGenerator.add(services.stream()
                .map(service -> "/api/v1/watch?service_name=s-" + service)
                .toList());
    }

    /** Returns the received events. */
    ArrivalQueue arrivals() {
        return arrivalQueue;
    }

    /** Returns the number of streams that ended and of events that were dropped. */
    long lost() {
        return sseLoadGenerator.lost() + arrivalQueue.dropped();
    }

    @Override
    public void close() throws IOException {
        sseLoadGenerator.close();
    }

    private void take(int watcher, String event, long position, long nanos) {
        if (event.equals("change")) {
            arrivalQueue.add(new Arrival(watcher, position, nanos));
        }
    }
}
