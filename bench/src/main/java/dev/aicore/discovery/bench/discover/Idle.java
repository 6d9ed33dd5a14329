package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Bundled;
import dev.aicore.discovery.bench.load.Requests;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Rest;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** CPU that a server takes which is asked nothing, and one which is asked ten things a second; one server after the other. */
final class Idle {

    private static final String NAME = "idle";

    /** Above what the warm-up comes to: each change is one. */
    private static final int FIRST_WEIGHT = 10_000;

    private final Stage stage;
    private final Table table = new Table(NAME, "% of a core", Machine.loadAverage());
    private final CpuAtRest cpu;

    private Idle(Stage stage, Duration round) {
        this.stage = stage;
        this.cpu = new CpuAtRest(stage.options().rounds(), round, table);
    }

    static List<Row> run(Stage stage, int seconds) throws Exception {
        var idle = new Idle(stage, stage.options().round(seconds));
        if (stage.etcd().isPresent()) {
            idle.etcd();
        }
        if (stage.eureka().isPresent()) {
            idle.eureka(stage.eureka().get());
        }
        idle.ours();
        return idle.table.rows();
    }

    private void etcd() throws Exception {
        int instances = stage.size().quiet().instances();
        try (var etcd = EtcdProcess.start(instances)) {
            var all = etcd.population();
            cpu.measure(
                    "etcd",
                    false,
                    etcd.port(),
                    CpuPart.of(etcd.process().toHandle()),
                    List.of(
                            Trickle.nothing(0),
                            Trickle.of("reads", i -> all.read(i % instances), 0),
                            Trickle.of("puts", i -> all.update(i % instances, FIRST_WEIGHT + i), 0)));
        }
    }

    private void eureka(EurekaBuild build) throws Exception {
        var shape = stage.size().quiet();
        try (var eureka = EurekaProcess.start(build, shape)) {
            var all = eureka.population();
            warmUp(List.of(all.discoveries(), all.heartbeats()), all, requests -> eureka.contestant("", requests));
            cpu.measure(
                    "Eureka",
                    false,
                    eureka.port(),
                    CpuPart.of(eureka.process().toHandle()),
                    List.of(
                            Trickle.nothing(0),
                            Trickle.of("discoveries", i -> Requests.get(all.discovery(i % shape.services())), 0),
                            Trickle.of("heartbeats", i -> all.heartbeat(i % shape.instances()), 0),
                            Trickle.of("changes", i -> all.update(i % shape.instances(), FIRST_WEIGHT + i), 0)));
        }
    }

    private void ours() throws Exception {
        var shape = stage.size().quiet();
        int limit = stage.size().limit();
        try (var ours = OurServer.start(stage, shape)) {
            var all = ours.population();
            warmUp(
                    List.of(all.discoveries(Population.DISCOVER, limit), all.heartbeats()),
                    all,
                    requests -> ours.contestant("", requests));
            cpu.measure(
                    "ours",
                    true,
                    ours.server().port(),
                    CpuPart.of(ours),
                    List.of(
                            Trickle.nothing(1),
                            Trickle.of(
                                    "discoveries",
                                    i -> Requests.get(all.discovery(Population.DISCOVER, i % shape.services(), limit)),
                                    1),
                            Trickle.of("heartbeats", i -> all.heartbeat(i % shape.instances()), 2),
                            Trickle.of(
                                            "changes",
                                            i -> all.update(
                                                    i % shape.instances(), FIRST_WEIGHT + i / shape.instances()),
                                            3)
                                    .within(2)));
        }
    }

    /** Then compilers have nothing to do any more: what is left is what the server takes for days. */
    private void warmUp(List<Requests> requests, Declarations all, Function<Requests, Contestant> contestant)
            throws Exception {
        for (var each : requests) {
            Trial.closed(stage, Reads.CONNECTIONS).warmUp(stage, contestant.apply(each));
        }
        new Updating(all, stage.size().quiet().instances(), Reads.CONNECTIONS, new Bundled())
                .warmUp(stage, contestant.apply(requests.getFirst()));
        Rest.during(Duration.ofSeconds(stage.size().idleSeconds()));
    }
}
