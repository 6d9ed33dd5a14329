package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.discover.Summary.Measured;
import dev.aicore.discovery.bench.load.Bundled;
import dev.aicore.discovery.bench.load.Caller;
import dev.aicore.discovery.bench.load.Round;
import dev.aicore.discovery.bench.load.Timings;
import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures what one caller waits for at services of ever more instances, all of one server. Each is compared with the smallest. */
final class Growth {

    private static final String NAME = "growth";
    private static final double MAX_RATIO = 1.5;
    private static final long FAILED = -1;
    private static final Goal[] NONE = {};

    /** Above what instances are registered with: each change is one. */
    private static final int FIRST_WEIGHT = 101;

    private static final int WEIGHTS = 60_000;

    private final Stage stage;
    private final Duration round;
    private final int port;
    private final Table table = new Table(NAME, "ms, p50", Machine.loadAverage());
    private final Map<String, Double> smallest = new HashMap<>();
    private int changes;

    private Growth(Stage stage, int seconds, int port) {
        this.stage = stage;
        this.round = stage.options().round(seconds);
        this.port = port;
    }

    static List<Row> run(Stage stage, int seconds) throws Exception {
        try (var ours = OurServer.start(stage, stage.size().quiet())) {
            var growth = new Growth(stage, seconds, ours.server().port());
            growth.warmUp(ours);
            for (int instances : stage.size().declared().growing()) {
                var service = new LoneService("grown-" + instances);
                ours.add(service, instances);
                growth.measure(service, instances);
            }
            return growth.table.rows();
        }
    }

    private void warmUp(OurServer ours) throws Exception {
        var all = ours.population();
        int instances = all.shape().instances();
        var contestant = ours.contestant(
                "", all.discoveries(Population.DISCOVER, stage.size().limit()));
        for (var trial : List.of(
                new Registering(all, instances, stage.size().declared().pool(), Reads.CONNECTIONS),
                new Updating(all, instances, Reads.CONNECTIONS, new Bundled()),
                Trial.closed(stage, Reads.CONNECTIONS))) {
            trial.warmUp(stage, contestant);
        }
    }

    private void measure(LoneService service, int instances) throws IOException {
        add("registration", instances, true, (caller, number) -> register(caller, service, number % instances));
        add(
                "update (PATCH)",
                instances,
                true,
                (caller, number) -> ask(caller, service.update(number % instances, weight())));
        add("discover, limit=1", instances, true, (caller, _) -> ask(caller, service.discover("&limit=1")));
        add("discover of all", instances, false, (caller, _) -> ask(caller, service.discover("")));
    }

    /** @param isFlat if it is to take as long at any size */
    private void add(String what, int instances, boolean isFlat, Operation operation) throws IOException {
        var rounds = new ArrayList<Measured>();
        for (int i = 0; i < stage.options().rounds(); i++) {
            rounds.add(new Measured(round(operation), 0));
        }
        var times = Summary.of(rounds);
        double base = smallest.computeIfAbsent(what, _ -> times.p50Millis());
        table.addTimes(
                "%s, service of %,d".formatted(what, instances), true, times, base, isFlat ? flat(times, base) : NONE);
    }

    private static Goal[] flat(Summary times, double base) {
        return new Goal[] {
            new Goal("no errors", times.errors() == 0),
            new Goal("≤ %.1f × the smallest".formatted(MAX_RATIO), times.p50Millis() <= MAX_RATIO * base)
        };
    }

    private Round round(Operation operation) throws IOException {
        var timings = new Timings();
        long end = System.nanoTime() + round.toNanos();
        // A new one each time: the server ends a connection that is silent while a large service is registered.
        try (var caller = new Caller(port)) {
            for (int number = 0; System.nanoTime() < end; number++) {
                long nanos = operation.nanos(caller, number);
                timings.add(nanos >= 0, nanos);
            }
        }
        return timings.round();
    }

    /** Takes the instance away first, so that the service keeps its size; that isn't timed. */
    private static long register(Caller caller, LoneService service, int number) throws IOException {
        return caller.ask(service.deregister(number)).isGood() ? ask(caller, service.register(number)) : FAILED;
    }

    private static long ask(Caller caller, byte[] request) throws IOException {
        long begin = System.nanoTime();
        return caller.ask(request).isGood() ? System.nanoTime() - begin : FAILED;
    }

    private int weight() {
        return FIRST_WEIGHT + changes++ % WEIGHTS;
    }

    /** Something that is done once. */
    @FunctionalInterface
    private interface Operation {
        /** Returns how long it took; {@link #FAILED} if it wasn't done. */
        long nanos(Caller caller, int number) throws IOException;
    }
}
