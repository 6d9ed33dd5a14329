package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Machine;
import dev.aicore.discovery.bench.rig.ServerProcess;
import dev.aicore.discovery.bench.rig.Workplace;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures discovery over HTTP: 5 of the 10 instances of one of 1,000 services, asked for by as many connections as are told,
 * beside a bare Reactor Netty server whose answer is as long. Both are processes of their own, and so is the load (wrk).
 */
public final class DiscoverBench {

    private static final int SERVICES = 1_000;
    private static final int IN_SERVICE = 10;
    private static final int LIMIT = 5;
    private static final int WARM_UP_SECONDS = 15;

    private DiscoverBench() {}

    /**
     * Measures.
     *
     * @param arguments {@code --seconds N} of a round (10), {@code --rounds N} (3), {@code --connections N} (64)
     */
    public static void main(String... arguments) throws Exception {
        var options = Options.parse(arguments);
        var load = Machine.loadAverage();
        try (var place = Workplace.make();
                var server = ServerProcess.launch(
                        place.directory().resolve("data"), place.directory().resolve("registry.jsa"), List.of())) {
            server.secondsToReady();
            var population = new Population(server.port(), SERVICES, IN_SERVICE, LIMIT);
            population.register();
            int length = population.lengthOfAnswer();
            var script = Files.writeString(place.directory().resolve("discover.lua"), population.script());
            try (var raw = RawProcess.launch(length)) {
                var wrk = new Wrk(script, options.connections());
                wrk.run(raw.port(), WARM_UP_SECONDS);
                wrk.run(server.port(), WARM_UP_SECONDS);
                var limit = new ArrayList<Wrk.Round>();
                var ours = new ArrayList<Wrk.Round>();
                for (int round = 0; round < options.rounds(); round++) {
                    limit.add(wrk.run(raw.port(), options.seconds()));
                    ours.add(wrk.run(server.port(), options.seconds()));
                }
                print(options, length, Figures.of(limit), Figures.of(ours), load);
            }
        }
    }

    private static void print(Options options, int length, Figures limit, Figures ours, String load) {
        System.out.println(Machine.words());
        System.out.printf(
                "%,d instances in %,d services; %d connections; %d rounds of %d s; answers of %,d bytes; load average %s to %s%n%n",
                SERVICES * IN_SERVICE,
                SERVICES,
                options.connections(),
                options.rounds(),
                options.seconds(),
                length,
                load,
                Machine.loadAverage());
        System.out.println(
                "| server | answers/s: median (min – max) | of the limit | best p50 ms | best p99 ms | errors |");
        System.out.println("|---|---|---|---|---|---|");
        System.out.println(limit.row("bare Reactor Netty, an answer as long", limit));
        System.out.println(ours.row("discover, round_robin, limit " + LIMIT, limit));
    }
}
