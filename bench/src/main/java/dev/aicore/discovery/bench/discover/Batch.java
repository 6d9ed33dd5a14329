package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import java.util.List;

/** Heartbeats of many instances in a request. An answer that tells of one that failed is an error. */
final class Batch {

    private static final String NAME = "batch";
    private static final int CONNECTIONS = 64;
    private static final double LEAST = 500_000;

    private Batch() {}

    static List<Row> run(Stage stage, int seconds) throws Exception {
        int batch = stage.size().batch();
        int connections = stage.options().connections(CONNECTIONS);
        var load = Machine.loadAverage();
        try (var ours = OurServer.start(stage, stage.size().many())) {
            var contestant = ours.contestant(
                    "heartbeats, %,d in a request, of %,d instances"
                            .formatted(batch, stage.size().many().instances()),
                    ours.population().batches(batch));
            var rounds = Trial.closed(stage, connections)
                    .measure(stage, List.of(contestant), stage.options().round(seconds))
                    .getFirst()
                    .of(batch);
            var table = new Table(NAME, "instances/s", load + " to " + Machine.loadAverage());
            table.add(
                    contestant,
                    rounds,
                    0,
                    List.of(
                            new Goal("no errors", rounds.errors() == 0),
                            new Goal("≥ %,.0f/s".formatted(LEAST), rounds.median() >= LEAST)));
            return table.rows();
        }
    }
}
