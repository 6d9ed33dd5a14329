package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.discover.Population.Shape;
import dev.aicore.discovery.bench.discover.Summary.Measured;
import dev.aicore.discovery.bench.load.Bundled;
import dev.aicore.discovery.bench.load.Round;
import dev.aicore.discovery.bench.rig.LiveHeap;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Processes;
import dev.aicore.discovery.bench.rig.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * What many who watch take while nothing happens to their services, and how soon others, beside them and beside heartbeats, are told
 * of a change.
 */
final class Watch {

    private static final int CONNECTIONS = 16;
    private static final double MEGABYTE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Long enough for several looks of the server: who is told twice is told by then. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private final Stage stage;
    private final Size.Watching size;
    private final OurServer ours;
    private final Changing changing;

    private Watch(Stage stage, OurServer ours) {
        this.stage = stage;
        this.size = stage.size().watching();
        this.ours = ours;
        this.changing = new Changing(ours, stage.size().usual().services(), size);
    }

    static List<Row> run(Stage stage, int seconds) throws Exception {
        var usual = stage.size().usual();
        // Those that change come behind those that don't.
        var shape = new Shape(usual.services() + stage.size().watching().changing(), usual.inService());
        try (var ours = OurServer.start(stage, shape)) {
            return new Watch(stage, ours).run(stage.options().round(seconds));
        }
    }

    private List<Row> run(Duration duration) throws Exception {
        var load = Machine.loadAverage();
        warmUp();
        var before = footprint();
        try (var audience = new Audience(ours)) {
            audience.watch(Population.each(
                    size.idle(), watcher -> watcher % stage.size().usual().services()));
            var after = footprint();
            audience.watch(changingServices());
            var rounds = new ArrayList<Beside>();
            for (int i = 0; i < stage.options().rounds(); i++) {
                rounds.add(round(audience, size.idle(), duration));
            }
            return new WatchTable(stage.size(), load + " to " + Machine.loadAverage()).of(before, after, rounds);
        }
    }

    /** The same as a round, but before anybody who is counted watches. */
    private void warmUp() throws Exception {
        try (var audience = new Audience(ours)) {
            audience.watch(changingServices());
            round(audience, 0, Duration.ofSeconds(4L * stage.size().warming().seconds()));
        }
    }

    private List<Integer> changingServices() {
        int first = stage.size().usual().services();
        return Population.each(size.changing() * size.each(), watcher -> first + watcher / size.each());
    }

    /** After a rest, and what isn't alive taken away. */
    private Footprint footprint() throws IOException, InterruptedException {
        Rest.during(Duration.ofSeconds(stage.size().idleSeconds()));
        var server = ours.server().process();
        double live = LiveHeap.bytes(server) / MEGABYTE;
        return new Footprint(Processes.residentBytes(server) / MEGABYTE, live);
    }

    private Beside round(Audience audience, int firstWatcher, Duration duration) throws Exception {
        long lost = audience.lost();
        long cpu = cpuNanos();
        try (var beside = Executors.newSingleThreadExecutor()) {
            var heartbeats = beside.submit(() -> heartbeats(duration));
            var changes = changing.send(firstWatcher, duration);
            var arrivals = audience.arrivals().take(size.changes() * size.each(), PATIENCE, QUIET);
            var told = Told.of(changes, arrivals, audience.lost() - lost, duration.toNanos() / 1e9);
            return new Beside(told, new Measured(heartbeats.get(), cpuNanos() - cpu));
        }
    }

    private Round heartbeats(Duration duration) throws IOException {
        int batch = stage.size().batch();
        return new Bundled()
                .open(
                        ours.server().port(),
                        ours.population().batches(batch),
                        stage.options().connections(CONNECTIONS),
                        (double) size.heartbeats() / batch,
                        duration);
    }

    private long cpuNanos() {
        return Processes.cpuNanos(Stream.of(ours.server().process()));
    }

    /** In MB. */
    record Footprint(double resident, double live) {}

    /** @param heartbeats those meanwhile, in requests of many; with the CPU of all that went on */
    record Beside(Told told, Measured heartbeats) {

        double p99Millis() {
            return told.round().p99Millis();
        }

        double longestMillis() {
            return told.longestMillis();
        }
    }
}
