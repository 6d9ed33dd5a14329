package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Http;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Spread;
import dev.aicore.discovery.bench.rig.Workplace;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What live instances take of the heap, with all sides in the process: each is registered, heard, checked and discovered. */
final class Memory {

    private static final int FIRST = 200;
    private static final int COLLECTIONS = 4;
    private static final long PAUSE_NANOS = 500_000_000;
    private static final double MOST = 20;

    private Memory() {}

    static List<Row> run(Options options, int seconds) throws Exception {
        var size = options.size();
        var load = Machine.loadAverage();
        try (var place = Workplace.make();
                var store = Store.start(place.directory());
                var registry = Registry.ofAllSides(store, options.settings());
                var http = new Http(registry.port())) {
            // Whatever is made once is made before the first look.
            use(registry, http, FIRST, 0);
            double before = liveMegabytes();
            use(registry, http, FIRST + size.inMemory(), FIRST);
            double took = liveMegabytes() - before;
            return List.of(Row.of(
                    "memory",
                    "MB of live heap for %,d instances".formatted(size.inMemory()),
                    size.inMemory(),
                    Spread.of(took),
                    load,
                    new Goal("≤ %.0f MB".formatted(MOST), took <= MOST)));
        }
    }

    /** Nothing of what is made here outlives the call, but for what the registry keeps. */
    private static void use(Registry registry, Http http, int instances, int from) throws Exception {
        var population = Population.register(registry.intake(), instances, Size.IN_SERVICE);
        var answers = new OpenLoop(population::observation, instances)
                .run(Target.of(registry.intake()), Duration.ofSeconds(2));
        for (int service = from / Size.IN_SERVICE; service < instances / Size.IN_SERVICE; service++) {
            // The read model may lag behind.
            http.await("/api/v1/discover?service_name=service-" + service);
        }
        if (answers.bad() > 0) {
            throw new IllegalStateException(answers.bad() + " observations failed.");
        }
    }

    private static double liveMegabytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            // What the collection has found dead is given up by others: references, caches, timers.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
