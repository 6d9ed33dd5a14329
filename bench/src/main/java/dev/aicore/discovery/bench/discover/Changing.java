package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Changes services of our server at fixed times, however long the answers take: of each in turn the weight of an instance. */
final class Changing {

    private static final int OK = 200;

    /** Above what instances are registered with: each change is one. */
    private static final int FIRST_WEIGHT = 101;

    private final OurServer ours;
    private final int firstService;
    private final Size.Watching size;
    private int made;

    /** @param firstService number of the first of those that change */
    Changing(OurServer ours, int firstService, Size.Watching size) {
        this.ours = ours;
        this.firstService = firstService;
        this.size = size;
    }

    /**
     * Sends as many as the size tells, spread over the time.
     *
     * @param firstWatcher number of the first who watches the first of the services
     */
    List<Change> send(int firstWatcher, Duration duration) throws Exception {
        long begin = System.nanoTime();
        var answers = new ArrayList<Future<Change>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < size.changes(); i++) {
                Rest.until(begin + i * duration.toNanos() / size.changes());
                int number = made++;
                answers.add(callers.submit(() -> send(number, firstWatcher)));
            }
        }
        var changes = new ArrayList<Change>();
        for (var answer : answers) {
            changes.add(answer.get());
        }
        return changes;
    }

    private Change send(int number, int firstWatcher) throws IOException, InterruptedException {
        int service = number % size.changing();
        int weight = FIRST_WEIGHT + number / size.changing();
        var path = ours.population().instance(firstService + service);
        long nanos = System.nanoTime();
        var answer = ours.http().put(path, Population.weight(weight));
        long position = answer.statusCode() == OK
                ? answer.headers().firstValueAsLong("X-Registry-Position").orElse(Change.REFUSED)
                : Change.REFUSED;
        return new Change(position, nanos, firstWatcher + service * size.each(), size.each());
    }
}
