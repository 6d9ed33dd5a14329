package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.DiscoverPopulation.Shape;
import java.time.Duration;
import java.util.List;

/**
 * Sizes of the scenarios.
 *
 * @param usual registered instances, unless the scenario has other ones
 * @param eureka the same number of instances for Eureka, in applications of as many instances as an answer contains
 * @param many registered instances of the scenario with a large registry
 * @param limit instances per answer
 * @param perSecond discoveries per second of the open loop
 * @param crowd connections that send heartbeats
 * @param batch ids per request
 * @param watching sizes of the watch scenario
 * @param quiet registered instances of the scenarios with little load
 * @param declared sizes of the scenarios that register and update
 * @param warming warm-up before the first round
 * @param idleSeconds seconds of rest before memory is measured
 */
record DiscoverBenchSize(
        Shape usual,
        Shape eureka,
        Shape many,
        int limit,
        int perSecond,
        int crowd,
        int batch,
        Watching watching,
        Shape quiet,
        Declared declared,
        Warming warming,
        int idleSeconds) {

    /** Size that the thresholds refer to. */
    static final DiscoverBenchSize FULL = new DiscoverBenchSize(
            new Shape(1_000, 10),
            new Shape(2_000, 5),
            new Shape(5_000, 20),
            5,
            30_000,
            1_024,
            1_000,
            new Watching(5_000, 20, 10, 200, 10_000),
            new Shape(10, 10),
            new Declared(60_000, List.of(10, 5_000), List.of(10, 100, 1_000, 10_000, 100_000)),
            new Warming(Duration.ofSeconds(5), 24),
            60);

    /**
     * Sizes of the scenarios that register and update.
     *
     * @param pool maximum number of instances that a run registers
     * @param discovered instances per service whose changes are discovered
     * @param growing instances per service; all are compared with the first
     */
    record Declared(int pool, List<Integer> discovered, List<Integer> growing) {}

    /**
     * Duration of a warm-up.
     *
     * @param piece duration of a piece
     * @param maxPieces maximum number of pieces
     */
    record Warming(Duration piece, int maxPieces) {}

    /**
     * Sizes of the watch scenario.
     *
     * @param idle watchers of the usual services, which don't change
     * @param changing additional services that change
     * @param each watchers of each changing service
     * @param changes changes per round
     * @param heartbeats heartbeats per second meanwhile
     */
    record Watching(int idle, int changing, int each, int changes, int heartbeats) {}
}
