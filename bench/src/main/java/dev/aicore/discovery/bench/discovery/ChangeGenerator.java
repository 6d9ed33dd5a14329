package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Changes services of the registry at fixed times, regardless of the answers: the weight of one instance of each
 * service in turn.
 */
final class ChangeGenerator {

    private static final int OK = 200;

    /** First weight, above those of the registrations, so that each request is a change. */
    private static final int FIRST_WEIGHT = 101;

    private final RegistryServer registry;
    private final int firstService;
    private final DiscoverBenchSize.Watching size;
    private int made;

    /** @param firstService number of the first service that changes */
    ChangeGenerator(RegistryServer registry, int firstService, DiscoverBenchSize.Watching size) {
        this.registry = registry;
        this.firstService = firstService;
        this.size = size;
    }

    /**
     * Sends the number of changes of the size, spread over the duration.
     *
     * @param firstWatcher number of the first watcher of the first service
     */
    List<WatchedChange> send(int firstWatcher, Duration duration) throws Exception {
        long begin = System.nanoTime();
        var answers = new ArrayList<Future<WatchedChange>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < size.changes(); i++) {
                Sleeper.until(begin + i * duration.toNanos() / size.changes());
                int number = made++;
                answers.add(callers.submit(() -> send(number, firstWatcher)));
            }
        }
        var changes = new ArrayList<WatchedChange>();
        for (var answer : answers) {
            changes.add(answer.get());
        }
        return changes;
    }

    private WatchedChange send(int number, int firstWatcher) throws IOException, InterruptedException {
        int service = number % size.changing();
        int weight = FIRST_WEIGHT + number / size.changing();
        var path = registry.population().instance(firstService + service);
        long nanos = System.nanoTime();
        var answer = registry.http().put(path, DiscoverPopulation.weight(weight));
        long position = answer.statusCode() == OK
                ? answer.headers().firstValueAsLong("X-Registry-Position").orElse(WatchedChange.REFUSED)
                : WatchedChange.REFUSED;
        return new WatchedChange(position, nanos, firstWatcher + service * size.each(), size.each());
    }

    /**
     * Requested change and its watchers.
     *
     * @param position position of the change; {@link #REFUSED} if it was refused
     * @param nanos time of sending its request, by {@link System#nanoTime()}
     * @param first number of its first watcher
     * @param watchers number of its watchers, numbered consecutively
     */
    record WatchedChange(long position, long nanos, int first, int watchers) {

        static final long REFUSED = -1;

        boolean isFor(int watcher) {
            return watcher >= first && watcher < first + watchers;
        }
    }
}
