package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Changes services of our server at fixed times, however long the answers take: of each in turn the weight of an instance. */
final class ChangeGenerator {

    private static final int OK = 200;

    /** Above what instances are registered with: each change is one. */
    private static final int FIRST_WEIGHT = 101;

    private final RegistryServer registry;
    private final int firstService;
    private final DiscoverBenchSize.Watching size;
    private int made;

    /** @param firstService number of the first of those that change */
    ChangeGenerator(RegistryServer registry, int firstService, DiscoverBenchSize.Watching size) {
        this.registry = registry;
        this.firstService = firstService;
        this.size = size;
    }

    /**
     * Sends as many as the size tells, spread over the time.
     *
     * @param firstWatcher number of the first who watches the first of the services
     */
    List<ScheduledChange> send(int firstWatcher, Duration duration) throws Exception {
        long begin = System.nanoTime();
        var answers = new ArrayList<Future<ScheduledChange>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < size.changes(); i++) {
                Sleeper.until(begin + i * duration.toNanos() / size.changes());
                int number = made++;
                answers.add(callers.submit(() -> send(number, firstWatcher)));
            }
        }
        var changes = new ArrayList<ScheduledChange>();
        for (var answer : answers) {
            changes.add(answer.get());
        }
        return changes;
    }

    private ScheduledChange send(int number, int firstWatcher) throws IOException, InterruptedException {
        int service = number % size.changing();
        int weight = FIRST_WEIGHT + number / size.changing();
        var path = registry.population().instance(firstService + service);
        long nanos = System.nanoTime();
        var answer = registry.http().put(path, DiscoverPopulation.weight(weight));
        long position = answer.statusCode() == OK
                ? answer.headers().firstValueAsLong("X-Registry-Position").orElse(ScheduledChange.REFUSED)
                : ScheduledChange.REFUSED;
        return new ScheduledChange(position, nanos, firstWatcher + service * size.each(), size.each());
    }
}
