package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.load.SseLoadGenerator;
import dev.aicore.discovery.bench.rig.LiveHeap;
import dev.aicore.discovery.bench.rig.ProcessCpuTime;
import dev.aicore.discovery.bench.rig.ProcessStats;
import dev.aicore.discovery.bench.rig.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Simulates the connections of many client processes from this one: for each a stream of 20 of 100 services, and a
 * heartbeat of its instance each 10 s. Measures their load on the server, and how long they need to connect again.
 */
final class StreamScenario {

    private static final int SERVICES = 100;
    private static final int INSTANCES = 10;
    private static final int SERVICES_OF_PROCESS = 20;
    private static final int HEARTBEAT_SECONDS = 10;
    private static final int CONNECTIONS = 16;
    private static final int CHANGES_PER_SECOND = 20;
    private static final Duration REST = Duration.ofSeconds(5);
    private static final double MEGABYTE = 1 << 20;

    private final ClientBenchRig rig;
    private final int processes;
    private final AtomicLong events = new AtomicLong();

    private StreamScenario(ClientBenchRig rig) {
        this.rig = rig;
        this.processes = rig.options().processes();
    }

    /** Memory of the server in MB. */
    private record Footprint(double resident, double live) {}

    static List<ClientFigure> run(ClientBenchRig rig) throws Exception {
        return new StreamScenario(rig).run();
    }

    private List<ClientFigure> run() throws Exception {
        for (int i = 0; i < SERVICES; i++) {
            rig.registry().register("watched-" + i, INSTANCES);
        }
        rig.registry().register("process", processes);
        var figures = new ArrayList<ClientFigure>();
        String who = "%,d simulated processes".formatted(processes);
        double atRest = percent(List.of());
        var before = footprint();
        try (var streams = open()) {
            var after = footprint();
            figures.add(ClientFigure.of(
                    "memory of the server for the streams of %d services each".formatted(SERVICES_OF_PROCESS),
                    who,
                    "live heap %.1f → %.1f MB, resident %.0f → %.0f MB"
                            .formatted(before.live(), after.live(), before.resident(), after.resident())));
            figures.add(ClientFigure.of(
                    "CPU of the server with idle streams",
                    who,
                    "%.1f %% of a core; without streams %.1f %%".formatted(percent(List.of()), atRest)));
            figures.add(ClientFigure.of(
                    "the same, with %,d heartbeats/s".formatted(processes / HEARTBEAT_SECONDS),
                    who,
                    "%.1f %% of a core".formatted(percent(List.of(heartbeats())))));
            events.set(0);
            double changing = percent(List.of(heartbeats(), changes()));
            figures.add(ClientFigure.of(
                    "the same, with %d changes/s".formatted(CHANGES_PER_SECOND),
                    who,
                    "%.1f %% of a core; %,d events/s"
                            .formatted(
                                    changing,
                                    events.get() / rig.options().round().toSeconds())));
            if (streams.lost() > 0) {
                throw new IllegalStateException(streams.lost() + " streams ended.");
            }
        }
        long begin = System.nanoTime();
        try (var again = open()) {
            figures.add(ClientFigure.of(
                    "all connect again, 256 at a time, until each has its lists",
                    who,
                    "%.2f s; lost: %d".formatted((System.nanoTime() - begin) / 1e9, again.lost())));
        }
        return figures;
    }

    private SseLoadGenerator open() throws IOException, InterruptedException {
        var streams =
                new SseLoadGenerator(rig.registry().port(), (watcher, event, id, nanos) -> events.incrementAndGet());
        streams.add(IntStream.range(0, processes).mapToObj(StreamScenario::path).toList());
        return streams;
    }

    private static String path(int process) {
        var path = new StringBuilder("/api/v1/watch?");
        for (int i = 0; i < SERVICES_OF_PROCESS; i++) {
            path.append(i == 0 ? "" : "&").append("service_name=watched-").append((process + i * 7) % SERVICES);
        }
        return path.toString();
    }

    /** Requests, and how many of them are sent a second. */
    private record Load(RequestCycle requests, double perSecond) {}

    private Load heartbeats() {
        var requests = MeasuredRegistry.each(
                processes,
                i -> RequestCycle.send(
                        "POST",
                        "/api/v1/heartbeats",
                        "{\"heartbeats\": [{\"id\": \"process-" + i + "\", \"status\": \"healthy\"}]}"));
        return new Load(new RequestCycle(requests, "\"failed\":0"), (double) processes / HEARTBEAT_SECONDS);
    }

    private static Load changes() {
        int all = SERVICES * INSTANCES;
        var requests = MeasuredRegistry.each(
                2 * all,
                i -> RequestCycle.send(
                        "PATCH",
                        "/api/v1/services/watched-" + i % SERVICES + "-" + i / SERVICES % INSTANCES,
                        "{\"weight\": " + (i < all ? 50 : 100) + "}"));
        return new Load(RequestCycle.of(requests), CHANGES_PER_SECOND);
    }

    /** Returns the CPU time of the server's own process under loads, for a round, in percent of a core. */
    private double percent(List<Load> loads) throws Exception {
        var server = rig.registry().process().process();
        var round = rig.options().round();
        long cpu = ProcessCpuTime.nanos(server);
        long begin = System.nanoTime();
        try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
            var rounds = new ArrayList<Future<Long>>();
            for (var load : loads) {
                rounds.add(beside.submit(() -> new BuiltInGenerator()
                        .open(rig.registry().port(), load.requests(), CONNECTIONS, load.perSecond(), round)
                        .errors()));
            }
            Sleeper.until(begin + round.toNanos());
            for (var errors : rounds) {
                if (errors.get() > 0) {
                    throw new IllegalStateException(errors.get() + " requests failed.");
                }
            }
        }
        return 100.0 * (ProcessCpuTime.nanos(server) - cpu) / (System.nanoTime() - begin);
    }

    private Footprint footprint() throws IOException, InterruptedException {
        Sleeper.during(REST);
        var server = rig.registry().process().process();
        double live = LiveHeap.bytes(server) / MEGABYTE;
        return new Footprint(ProcessStats.residentBytes(server) / MEGABYTE, live);
    }
}
