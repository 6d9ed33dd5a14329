package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.discover.Summary.Measured;
import dev.aicore.discovery.bench.load.Bundled;
import dev.aicore.discovery.bench.load.Caller;
import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Spread;
import dev.aicore.discovery.bench.rig.Workplace;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All instances register at once, each over a connection of its own, with a registry that has just become ready and knows none of them:
 * how long until all are discoverable. Each round has a new registry.
 */
final class Storm {

    private static final String NAME = "storm";

    private final Stage stage;
    private final Population all;
    private final List<Measured> rounds = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();
    private long missing;

    private Storm(Stage stage) {
        this.stage = stage;
        this.all = new Population(stage.size().usual());
    }

    /** Rounds are over when all are discoverable: none is given a time. */
    static List<Row> run(Stage stage) throws Exception {
        var load = Machine.loadAverage();
        var storm = new Storm(stage);
        // Its end writes the cache that the others start with.
        OurServer.start(stage, stage.size().quiet()).close();
        for (int i = 0; i < stage.options().rounds(); i++) {
            storm.round();
        }
        return List.of(storm.row(load));
    }

    private void round() throws IOException, InterruptedException {
        try (var place = Workplace.make()) {
            var ours = OurServer.launch(stage, place, all.shape());
            try (Closeable _ = ours::stop) {
                long begin = System.nanoTime();
                rounds.add(
                        new Measured(new Bundled().once(ours.server().port(), all.registrations(), connections()), 0));
                ours.awaitVisible();
                seconds.add((System.nanoTime() - begin) / 1e9);
                missing += missing(ours);
            }
        }
    }

    /** Counts how many of the registered ones discovery doesn't know afterwards. */
    private long missing(OurServer ours) throws IOException {
        long found = 0;
        try (var caller = new Caller(ours.server().port())) {
            for (var discovery : all.discoveries(
                            Population.DISCOVER, all.shape().inService())
                    .all()) {
                found += caller.ask(discovery).body().split("\"port\":", -1).length - 1L;
            }
        }
        return all.shape().instances() - found;
    }

    private int connections() {
        return stage.options().connections(all.shape().instances());
    }

    private Row row(String load) {
        var summary = Summary.of(rounds);
        return new Row(
                NAME,
                "%,d register at once over %,d connections, until all are discoverable"
                        .formatted(all.shape().instances(), connections()),
                "s",
                true,
                Spread.of(seconds, it -> it),
                0,
                summary,
                load,
                List.of(new Goal("refused 0", summary.errors() == 0), new Goal("all are discoverable", missing == 0)));
    }
}
