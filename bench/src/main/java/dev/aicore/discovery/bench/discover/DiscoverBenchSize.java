package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.discover.DiscoverPopulation.Shape;
import java.util.List;

/**
 * How much of everything.
 *
 * @param usual what is registered, unless the scenario says otherwise
 * @param eureka the same number of instances there, in applications of as many as are asked for
 * @param many what is registered where it is to be many
 * @param limit instances in an answer
 * @param perSecond discoveries of the open loop
 * @param crowd connections of which each sends heartbeats
 * @param batch ids of one request
 * @param watching who watches what
 * @param quiet what is registered where next to nothing happens
 * @param declared what is registered and changed where that is measured
 * @param warming before the first round
 * @param idleSeconds before memory is looked at
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

    /** The size that the targets speak of. */
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
            new Warming(5, 24),
            60);

    /**
     * What is registered and changed where that is measured.
     *
     * @param pool instances that a run registers at most
     * @param discovered instances of services whose changes are discovered
     * @param growing instances of services that are compared with the first of them
     */
    record Declared(int pool, List<Integer> discovered, List<Integer> growing) {}

    /**
     * How long a server is warmed up.
     *
     * @param seconds of a piece
     * @param maxPieces after which it isn't waited for any more
     */
    record Warming(int seconds, int maxPieces) {}

    /**
     * Who watches.
     *
     * @param idle those who watch the usual services, which don't change
     * @param changing services besides that do
     * @param each those who watch each of these
     * @param changes of these in a round
     * @param heartbeats a second meanwhile
     */
    record Watching(int idle, int changing, int each, int changes, int heartbeats) {}
}
