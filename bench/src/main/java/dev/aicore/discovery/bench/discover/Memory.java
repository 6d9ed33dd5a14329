package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.LiveHeap;
import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.Processes;
import dev.aicore.discovery.bench.rig.Rest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** What the server's process has of the machine after load and a rest, and how much of it is alive; its stores apart. */
final class Memory {

    private static final String NAME = "memory";
    private static final double MEGABYTE = 1 << 20;
    private static final double MOST = 350;

    private Memory() {}

    static List<Row> run(Stage stage, int seconds) throws Exception {
        var load = Machine.loadAverage();
        // As after any build, the first end of a server leaves the cache that later starts use.
        if (!Files.exists(stage.cache())) {
            OurServer.start(stage, new Population.Shape(1, 1)).close();
        }
        try (var ours = OurServer.start(stage, stage.size().usual())) {
            var population = ours.population();
            int limit = stage.size().limit();
            Trial.closed(stage, stage.options().connections(Reads.CONNECTIONS))
                    .measure(
                            stage,
                            List.of(
                                    ours.contestant("", population.discoveries(Population.DISCOVER, limit)),
                                    ours.contestant("", population.heartbeats())),
                            stage.options().round(seconds));
            Rest.during(Duration.ofSeconds(stage.size().idleSeconds()));
            return look(ours, load);
        }
    }

    private static List<Row> look(OurServer ours, String load) throws Exception {
        var server = ours.server().process();
        double resident = Processes.residentBytes(server) / MEGABYTE;
        double postgres = ofStore(server, "postgres");
        double redis = ofStore(server, "redis");
        var table = new Table(NAME, "MB", load + " to " + Machine.loadAverage());
        table.add(
                "the server's process, " + ours.population().shape(),
                "MB",
                resident,
                new Goal("≤ %.0f MB".formatted(MOST), resident > 0 && resident <= MOST));
        table.add("of it objects that are alive", "MB", LiveHeap.bytes(server) / MEGABYTE);
        table.add("the embedded PostgreSQL's processes, shared pages once", "MB", postgres);
        table.add("the embedded Redis", "MB", redis);
        return table.rows();
    }

    private static double ofStore(ProcessHandle server, String program) {
        return Processes.sharedBytes(server.descendants()
                        .filter(process -> Processes.program(process).startsWith(program)))
                / MEGABYTE;
    }
}
