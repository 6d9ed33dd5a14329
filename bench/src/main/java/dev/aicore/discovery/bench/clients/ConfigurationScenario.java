package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Stores versions of a configuration, and measures from each answer until a bean of a caller has the value. */
final class ConfigurationScenario {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MIN_GAP_MILLIS = 50;
    private static final int MAX_GAP_MILLIS = 150;
    private static final double GOAL_MILLIS = 500;

    private ConfigurationScenario() {}

    static List<ClientFigure> run(ClientBenchRig rig) throws Exception {
        var caller = rig.springCaller();
        if (caller.isEmpty()) {
            return List.of();
        }
        caller.get().send("pool");
        caller.get().await("pool 1", PATIENCE);
        var delays = new ArrayList<Long>();
        for (int i = 0; i < rig.options().leaves(); i++) {
            Sleeper.during(Duration.ofMillis(ThreadLocalRandom.current().nextInt(MIN_GAP_MILLIS, MAX_GAP_MILLIS)));
            rig.registry().configure("caller", 2 + i);
            long answered = System.nanoTime();
            delays.add(caller.get().await("pool " + (2 + i), PATIENCE).nanos() - answered);
        }
        var samples = DelaySamples.ofNanos(delays);
        return List.of(ClientFigure.of(
                "configuration stored → bean bound",
                "Spring starter",
                samples.words(),
                new Threshold("p99 ≤ 500 ms", samples.percentile(99) <= GOAL_MILLIS)));
    }
}
