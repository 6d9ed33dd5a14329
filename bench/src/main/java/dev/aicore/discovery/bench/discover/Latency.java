package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.discover.Summary.Measured;
import dev.aicore.discovery.bench.load.Bundled;
import dev.aicore.discovery.bench.load.Round;
import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** Measures how long one caller waits who has the server to itself, and how soon what it changes is seen. Beside it etcd, before ours begins. */
final class Latency {

    private static final String NAME = "latency";
    private static final double MAX_WRITE_MILLIS = 2;
    private static final double MAX_HEARTBEAT_MILLIS = 1.5;
    private static final double MAX_TOLD_MILLIS = 4;
    private static final double MAX_TOLD_P99_MILLIS = 15;
    private static final double MAX_DISCOVERED_MILLIS = 8;

    private static final Pattern POSITION = Pattern.compile("\"meta\":\\{\"position\":(\\d+)");
    private static final Pattern REVISION = Pattern.compile("\"revision\":\"(\\d+)\"");

    /** Above what the warm-up comes to: each change is one. */
    private static final int FIRST_WEIGHT = 10_000;

    private final Stage stage;
    private final Duration round;
    private final Table table = new Table(NAME, "ms, p50", Machine.loadAverage());

    private Latency(Stage stage, Duration round) {
        this.stage = stage;
        this.round = round;
    }

    static List<Row> run(Stage stage, int seconds) throws Exception {
        var latency = new Latency(stage, stage.options().round(seconds));
        if (stage.etcd().isPresent()) {
            latency.etcd();
        }
        latency.ours();
        return latency.table.rows();
    }

    private void etcd() throws Exception {
        int instances = stage.size().usual().inService();
        try (var etcd = EtcdProcess.start(instances)) {
            var puts = new Updating(etcd.population(), instances, 1, new Bundled());
            table.addTimes("etcd: put, one connection", false, one(puts, etcd.contestant("", instances)));
            try (var watch = new EtcdWatch(etcd)) {
                var changes =
                        new SingleChanges(etcd.port(), n -> etcd.population().update(0, FIRST_WEIGHT + n), REVISION);
                table.addTimes(
                        "etcd: put → event at a watcher",
                        false,
                        rounds(() -> changes.untilTold(watch.arrivals(), round)));
            }
        }
    }

    private void ours() throws Exception {
        try (var ours = OurServer.start(stage, stage.size().usual())) {
            warmUp(ours);
            alone(ours);
            told(ours);
            for (int instances : stage.size().declared().discovered()) {
                discovered(ours, instances);
            }
        }
    }

    /** By many at once: one caller alone would need minutes until all that it meets is compiled. */
    private void warmUp(OurServer ours) throws Exception {
        var contestant = ours.contestant("", ours.population().heartbeats());
        for (var trial : List.of(
                registering(ours, Reads.CONNECTIONS),
                updating(ours, Reads.CONNECTIONS),
                Trial.closed(stage, Reads.CONNECTIONS))) {
            trial.warmUp(stage, contestant);
        }
    }

    private void alone(OurServer ours) throws Exception {
        var contestant = ours.contestant("", ours.population().heartbeats());
        Trial heartbeats = (it, duration) -> new Bundled().run(it.port(), it.requests(), 1, duration);
        add("registration, one connection", one(registering(ours, 1), contestant), MAX_WRITE_MILLIS);
        add("update (PATCH), one connection", one(updating(ours, 1), contestant), MAX_WRITE_MILLIS);
        add("heartbeat, one connection", one(heartbeats, contestant), MAX_HEARTBEAT_MILLIS);
    }

    private void told(OurServer ours) throws Exception {
        var changes =
                new SingleChanges(ours.server().port(), n -> ours.population().update(0, FIRST_WEIGHT + n), POSITION);
        try (var audience = new Audience(ours)) {
            audience.watch(List.of(0));
            var told = rounds(() -> changes.untilTold(audience.arrivals(), round));
            add(
                    "update → event at a watcher",
                    told,
                    MAX_TOLD_MILLIS,
                    new Goal(
                            "p99 ≤ %.0f ms".formatted(MAX_TOLD_P99_MILLIS),
                            told.bestP99Millis() <= MAX_TOLD_P99_MILLIS));
        }
    }

    private void discovered(OurServer ours, int instances) throws Exception {
        var service = new LoneService("alone-" + instances);
        ours.add(service, instances);
        var changes = new SingleChanges(ours.server().port(), n -> service.update(0, FIRST_WEIGHT + n), POSITION);
        add(
                "update → discoverable (min_position), service of %,d".formatted(instances),
                rounds(() -> changes.untilDiscovered(
                        position -> service.discover("&limit=1&wait=10s&min_position=" + position), round)),
                MAX_DISCOVERED_MILLIS);
    }

    private Trial registering(OurServer ours, int connections) {
        var size = stage.size();
        return new Registering(
                ours.population(), size.usual().instances(), size.declared().pool(), connections);
    }

    private Trial updating(OurServer ours, int connections) {
        return new Updating(ours.population(), stage.size().usual().instances(), connections, new Bundled());
    }

    private Summary one(Trial trial, Contestant contestant) throws Exception {
        return trial.rounds(stage, List.of(contestant), round).getFirst();
    }

    private Summary rounds(Callable<Round> measured) throws Exception {
        var rounds = new ArrayList<Measured>();
        for (int i = 0; i < stage.options().rounds(); i++) {
            rounds.add(new Measured(measured.call(), 0));
        }
        return Summary.of(rounds);
    }

    private void add(String what, Summary times, double maxMillis, Goal... more) {
        var goals = new ArrayList<>(List.of(
                new Goal("p50 ≤ %.1f ms".formatted(maxMillis), times.p50Millis() <= maxMillis),
                new Goal("no errors", times.errors() == 0)));
        goals.addAll(List.of(more));
        table.addTimes(what, true, times, goals.toArray(Goal[]::new));
    }
}
