package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Workplace;
import dev.aicore.discovery.bench.writes.naive.NaiveRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The same heartbeats, each an event of its own instance's aggregate, by as many threads as this machine bears best. */
final class Naive {

    private static final int THREADS = 8;

    private Naive() {}

    static List<Row> run(Options options, int seconds) throws Exception {
        var size = options.size();
        var load = Machine.loadAverage();
        try (var place = Workplace.make();
                var store = Store.start(place.directory());
                var registry = NaiveRegistry.open(store.postgres(), THREADS)) {
            registry.register(size.naive());
            registry.renew(Duration.ofSeconds(size.warmUpSeconds()), new Answers());
            var rounds = new ArrayList<Round>();
            for (int round = 0; round < options.rounds(); round++) {
                rounds.add(Round.of(store, () -> registry.renew(options.round(seconds), new Answers())));
            }
            var summary = Summary.of(rounds, 0);
            return List.of(Row.of(
                    "naive",
                    "heartbeats/s",
                    summary,
                    load + " to " + Machine.loadAverage(),
                    new Goal("no errors", summary.errors() == 0)));
        }
    }
}
